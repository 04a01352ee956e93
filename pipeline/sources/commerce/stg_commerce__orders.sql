-- One row per line of an order in one file; files overlap, see order_lines.
select
  'commerce' as source,
  order_id,
  ordered_at,
  market,
  sku,
  brand,
  quantity,
  price,
  currency,
  channel,
  coupon,
  customer_key,
  exported_on,
  'imported' as provenance,
  receipt
from bronze_commerce__orders
