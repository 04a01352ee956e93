-- One row per experiment, market and arm that had begun by the clock, as the latest file that has it says.
select e.* exclude (source)
from all_experiments e
cross join run r
where e.starts_on <= r.as_of::date
qualify row_number() over (
  partition by e.experiment_id, e.market, e.arm order by e.exported_on desc, e.receipt desc, e.units desc, e.conversions desc
) = 1
order by e.experiment_id, e.market, e.arm
