-- One row per post and brand it names. brands_named counts the brands of the competitor set, so that a post which compares three of them
-- can count a third for each.
with brands as (
  select brand, bool_or(in_set) as in_set from pub_brands group by brand
),

named as (
  select post_key, unnest(list_distinct(brands)) as brand from int_posts_annotated where len(brands) > 0
)

select
  n.post_key,
  n.brand,
  (count(*) filter (where b.in_set) over (partition by n.post_key))::int as brands_named
from named n
join brands b on b.brand = n.brand
