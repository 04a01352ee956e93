-- One row per line of an order. Exports overlap, and later ones know of refunds and corrections: an order counts as the latest file that has it says,
-- all its lines together. A refund is a line with a negative quantity.
with latest as (
  select order_id, arg_max(receipt, (exported_on, receipt)) as receipt from all_orders group by order_id
)

select o.* exclude (source)
from all_orders o
join latest l on l.order_id = o.order_id and l.receipt = o.receipt
cross join run r
where o.ordered_at <= r.as_of
order by o.ordered_at, o.order_id, o.sku, o.quantity, o.price
