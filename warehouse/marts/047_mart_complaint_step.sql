-- One row per complaint with the moments of its steps and of the first sign of each: what `complaint_fact_now` says.
SELECT * EXCLUDE (agency, last_moment, last_reply) FROM complaint_fact
