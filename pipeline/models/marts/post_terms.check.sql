-- A post names a term once, and both exist.
-- That both exist, and that a term of the taxonomy comes once, is given by the view. What can go wrong is a tag that comes twice: because it stands
-- twice in the list of the post, asked list by list since grouping them all would cost four times as much, or once in another form.
select post_key, null as tag
from posts
where len(list_filter(tags, lambda tag, place: list_position(tags, tag) = place)) <> len(tags)
union all
select h.post_key, h.tag
from post_hashtags h
semi join int_tag_forms f on f.tag = h.tag
group by h.post_key, h.tag
having count(*) > 1
