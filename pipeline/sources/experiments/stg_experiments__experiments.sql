-- One row per arm of an experiment in a market in one file; files overlap, see experiment_arms.
select
  'experiments' as source,
  experiment_id,
  name,
  market,
  arm,
  unit_kind,
  units,
  conversions,
  revenue,
  currency,
  starts_on,
  ends_on,
  exported_on,
  'imported' as provenance,
  receipt
from bronze_experiments__experiments
