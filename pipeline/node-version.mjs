// Refuses to run on a Node that Astro 7 and our types cannot use, and says what to do. Plain JavaScript, so an old Node can read it.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  console.error(
    `invalid Node version: ${process.versions.node}. Global Leap needs 22.12 or newer; npm ci installs one. ` +
      "Run it through the npm scripts (npm start, npm run leap -- …), or install Node 24.",
  );
  process.exit(1);
}
