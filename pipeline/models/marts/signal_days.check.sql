-- A day of a series has one value, no more than what it is a part of, and none is negative but a growth.
select source, market, kind, term, series, day, count(*) as times, min(value) as value, min(out_of) as out_of
from signal_days
group by all
having count(*) > 1 or (min(value) < 0 and kind not like 'search_growth%') or min(value) > min(out_of)
