-- A currency has one rate a day, above zero.
select day, currency, count(*) as times, min(rate) as rate
from exchange_rates
group by all
having count(*) > 1 or min(rate) <= 0
