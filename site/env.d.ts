// What Astro and Vite add to the language: import.meta.glob, files as text.
/// <reference types="astro/client" />
