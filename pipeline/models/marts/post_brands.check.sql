-- A post names a brand once, and brands_named counts the brands of the set.
with brands as (
  select brand, bool_or(in_set) as in_set from pub_brands group by brand
)

select b.post_key
from post_brands b
join brands s on s.brand = b.brand
group by b.post_key
having count(*) <> count(distinct b.brand)
  or count(*) filter (where s.in_set) <> max(b.brands_named)
  or min(b.brands_named) <> max(b.brands_named)
