CREATE TEMPORARY VIEW lines (value STRING) USING text OPTIONS (path '${input}')
