-- The labels of the model in force; older versions stay in `enrichment` for comparison.
SELECT e.*
FROM enrichment e
WHERE e.model_version = (SELECT arg_max(version, registered_at) FROM model)
