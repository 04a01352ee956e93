// What exports call their columns, in the languages our readers' tools speak. Names are compared without case, blanks and marks.

export type FieldName =
  | "post_id"
  | "posted_at"
  | "time_of_day"
  | "collected_at"
  | "platform"
  | "market"
  | "author_id"
  | "author_handle"
  | "text"
  | "title"
  | "tags"
  | "language_hint"
  | "media_type"
  | "likes"
  | "comments"
  | "views"
  | "shares"
  | "likes_hidden"
  | "rating"
  | "paid_partnership"
  | "url"
  | "followers"
  | "following"
  | "posts_total";

/** In order of preference within a field. */
export const COLUMN_NAMES: Readonly<Record<FieldName, readonly string[]>> = {
  post_id: [
    "post_id",
    "id",
    "video_id",
    "tweet_id",
    "tweet_hash",
    "shortcode",
    "review_id",
    "status_id",
    "message_id",
    "media_id",
    "doc_id",
    "doc_hash",
    "id_str",
    "pk",
    "uuid",
    "게시물id",
    "投稿id",
  ],
  posted_at: [
    "posted_at",
    "published_at",
    "created_at",
    "created_utc",
    "post_created",
    "create_time",
    "creation_time",
    "taken_at",
    "timestamp",
    "post_date",
    "publish_time",
    "publish_date",
    "date_posted",
    "datetime",
    "date_time",
    "date",
    "created",
    "published",
    "posted",
    "time",
    "unix_timestamp",
    "review_date",
    "review_time",
    "date_yy_mm_dd",
    "day",
    "datum",
    "veröffentlicht",
    "erstellt_am",
    "date_de_publication",
    "publié_le",
    "fecha",
    "fecha_de_publicación",
    "날짜",
    "작성일",
    "등록일",
    "게시일",
    "작성일시",
    "日付",
    "投稿日",
    "投稿日時",
    "作成日",
  ],
  time_of_day: [
    "time",
    "heure",
    "heure_utc0",
    "heure_utc",
    "time_utc",
    "uhrzeit",
    "hora",
    "시간",
    "시각",
    "時刻",
    "時間",
  ],
  collected_at: [
    "collected_at",
    "scraped_at",
    "retrieved_at",
    "crawled_at",
    "fetched_at",
    "trending_date",
    "timestamp_collected",
    "snapshot_date",
    "수집일",
    "収集日",
  ],
  platform: [
    "platform",
    "network",
    "source_platform",
    "social_network",
    "plattform",
    "plateforme",
    "plataforma",
    "플랫폼",
    "プラットフォーム",
  ],
  market: [
    "market",
    "country",
    "country_code",
    "land",
    "pays",
    "país",
    "region",
    "location_country",
    "국가",
    "国",
  ],
  author_id: [
    "author_id",
    "user_id",
    "owner_id",
    "account_id",
    "channel_id",
    "account_hash",
    "author_hash",
    "user_hash",
    "reviewer_hash",
    "reviewer_id",
    "from_id",
  ],
  author_handle: [
    "author",
    "username",
    "user_name",
    "author_username",
    "owner_username",
    "account_name",
    "screen_name",
    "handle",
    "account",
    "user",
    "channel_title",
    "channel",
    "creator",
    "influencer",
    "page_name",
    "reviewer",
    "reviewer_name",
    "autor",
    "auteur",
    "utilisateur",
    "benutzer",
    "usuario",
    "nutzer",
    "작성자",
    "계정",
    "投稿者",
    "アカウント",
  ],
  text: [
    "text",
    "caption",
    "full_text",
    "selftext",
    "body",
    "message",
    "content",
    "post_text",
    "tweet",
    "review_text",
    "review_body",
    "review",
    "description",
    "comment_text",
    "desc",
    "reviewtext",
    "beitrag",
    "beschreibung",
    "bildunterschrift",
    "texte",
    "légende",
    "contenu",
    "texto",
    "contenido",
    "descripción",
    "본문",
    "내용",
    "캡션",
    "리뷰",
    "리뷰내용",
    "本文",
    "内容",
    "キャプション",
    "レビュー",
  ],
  title: [
    "title",
    "headline",
    "summary",
    "subject",
    "review_title",
    "titel",
    "überschrift",
    "titre",
    "título",
    "제목",
    "タイトル",
    "件名",
  ],
  tags: [
    "hashtags",
    "hashtag",
    "tags",
    "tag",
    "keywords",
    "schlagwörter",
    "mots_clés",
    "etiquetas",
    "해시태그",
    "태그",
    "ハッシュタグ",
    "タグ",
  ],
  language_hint: ["language", "lang", "language_code", "sprache", "langue", "idioma", "언어", "言語"],
  media_type: ["media_type", "post_type", "content_type", "type", "format", "medientyp", "유형", "種類"],
  likes: [
    "likes",
    "like_count",
    "likes_count",
    "num_likes",
    "favorite_count",
    "favorites",
    "favourites",
    "digg_count",
    "reactions",
    "like",
    "helpful_votes",
    "votes",
    "upvotes",
    "score",
    "ups",
    "gefällt_mir",
    "gefällt_mir_angaben",
    "j_aime",
    "mentions_j_aime",
    "me_gusta",
    "좋아요",
    "좋아요수",
    "いいね",
    "いいね数",
  ],
  comments: [
    "comments",
    "comment_count",
    "comments_count",
    "num_comments",
    "reply_count",
    "replies",
    "kommentare",
    "commentaires",
    "comentarios",
    "댓글",
    "댓글수",
    "コメント",
    "コメント数",
  ],
  views: [
    "views",
    "view_count",
    "video_views",
    "play_count",
    "plays",
    "video_view_count",
    "impressions",
    "impression_count",
    "reach",
    "aufrufe",
    "vues",
    "vistas",
    "reproducciones",
    "impressionen",
    "조회수",
    "再生回数",
    "再生数",
    "閲覧数",
  ],
  shares: [
    "shares",
    "share_count",
    "shares_count",
    "retweet_count",
    "retweets",
    "reposts",
    "repost_count",
    "num_shares",
    "geteilt",
    "partages",
    "compartidos",
    "공유",
    "공유수",
    "シェア",
    "シェア数",
  ],
  likes_hidden: ["likes_hidden", "ratings_disabled", "like_and_view_counts_disabled"],
  rating: [
    "rating",
    "stars",
    "star_rating",
    "overall",
    "score",
    "review_rating",
    "bewertung",
    "sterne",
    "note",
    "puntuación",
    "평점",
    "별점",
    "評価",
    "星",
  ],
  paid_partnership: ["paid_partnership", "is_paid_partnership", "is_ad", "sponsored", "is_sponsored"],
  url: ["url", "post_url", "permalink", "link", "video_url", "tweet_url", "lien", "enlace", "링크", "リンク"],
  followers: [
    "followers",
    "follower_count",
    "followers_count",
    "followers_at_posting",
    "author_followers",
    "subscribers",
    "subscriber_count",
    "subscribers_count",
    "abonnenten",
    "abonnés",
    "seguidores",
    "팔로워",
    "フォロワー",
  ],
  following: ["following", "following_count", "follows_count", "friends_count"],
  posts_total: ["posts_count", "posts_total", "media_count", "video_count"],
};

export const plainName = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

const plain = new Map<FieldName, readonly string[]>(
  Object.entries(COLUMN_NAMES).map(([field, names]) => [field as FieldName, names.map(plainName)]),
);

/** How well a column's name fits a field: 1 exact, lower when only its last part or a word of it does, 0 not at all. */
export function nameFit(field: FieldName, column: string): number {
  const names = plain.get(field) ?? [];
  const whole = plainName(column);
  const exact = names.indexOf(whole);
  if (exact !== -1) return 1 - exact / 1000;
  const last = plainName(column.split(/[./]/).at(-1) ?? column);
  const ending = names.indexOf(last);
  if (ending !== -1) return 0.85 - ending / 1000;
  const words = column
    .normalize("NFKC")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  if (words.length > 1 && words.length <= 3) {
    const word = names.findIndex((name) => name.length > 3 && words.includes(name));
    if (word !== -1) return 0.6 - word / 1000;
  }
  return 0;
}
