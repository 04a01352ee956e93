-- One row per line of a follower sample.
select
    'audit' as source,
    creator,
    auditor,
    audited_on,
    consent,
    follower_key,
    followers,
    following,
    posts,
    has_profile_picture,
    is_private,
    username_length,
    username_digit_share,
    full_name_words,
    full_name_digit_share,
    name_equals_username,
    bio_length,
    has_external_url,
    'imported' as provenance,
    receipt
from bronze_audit__followers
