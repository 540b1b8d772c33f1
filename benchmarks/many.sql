-- The floor: model enterprise of policies/housekeeping.yaml as of 2025-12-31, written by hand for DuckDB.
-- Reads the views `subjects` and `records`; gives the table of results, ordered by subject.
WITH counting AS (
  -- What counts, or will. k numbers the categories; functions of one text column run once a dictionary entry, not once a row.
  SELECT subject, id, percent, hours, date AS d,
    list_position(['administrative_penalty', 'administrative_inspection', 'abnormal_operation_listing', 'credit_commitment',
      'satisfaction_survey', 'complaint', 'honour', 'training_hours', 'association_sanction', 'tax_arrears',
      'serious_dishonesty_listing', 'judgment_defaulter', 'criminal_conviction', 'rights_infringement', 'false_material',
      'wage_arrears'], category) AS k,
    date <= DATE '2025-12-31' AS now,
    least(until + 1, repaired_on) AS ends,   -- the first day after its last
    seriousness, passed, valid, handled, rank
  FROM records
  WHERE status <> 'revoked'
    AND CASE WHEN date > [DATE '2022-12-31', DATE '2023-12-31', DATE '0001-01-01', DATE '2023-12-31', DATE '2024-12-31', DATE '2024-12-31',
          DATE '2023-12-31', DATE '2024-12-31', DATE '2023-12-31', DATE '2024-12-31', DATE '0001-01-01', DATE '0001-01-01', DATE '2022-12-31',
          DATE '2023-12-31', DATE '2023-12-31', DATE '2024-12-31'][
          list_position(['administrative_penalty', 'administrative_inspection', 'abnormal_operation_listing', 'credit_commitment',
            'satisfaction_survey', 'complaint', 'honour', 'training_hours', 'association_sanction', 'tax_arrears',
            'serious_dishonesty_listing', 'judgment_defaulter', 'criminal_conviction', 'rights_infringement', 'false_material',
            'wage_arrears'], category)]
        AND (until IS NULL OR until >= greatest(date, DATE '2025-12-31'))
        AND (repaired_on IS NULL OR repaired_on > greatest(date, DATE '2025-12-31'))
      THEN CASE category
        WHEN 'administrative_penalty' THEN date > CASE seriousness WHEN 'minor' THEN DATE '2024-12-31' WHEN 'general' THEN DATE '2023-12-31' ELSE DATE '2022-12-31' END
        WHEN 'credit_commitment' THEN NOT kept
        WHEN 'complaint' THEN valid OR NOT handled OR date > DATE '2025-12-01'
        WHEN 'criminal_conviction' THEN in_service
        WHEN 'rights_infringement' THEN seriousness = 'serious'
        ELSE true END
      ELSE false END
),
found AS (
  -- Counts of up to 65,535, three to a double, so that one sum does for three; what is there or not, a bit.
  SELECT subject,
    sum(CASE seriousness WHEN 'minor' THEN 1::DOUBLE WHEN 'general' THEN 65536::DOUBLE ELSE 4294967296::DOUBLE END) FILTER (k = 1 AND now) AS penalties,
    sum(CASE WHEN k = 2 THEN 1::DOUBLE + 65536::DOUBLE * passed::DOUBLE WHEN k = 1 AND d > DATE '2025-12-01' THEN 4294967296::DOUBLE END) FILTER (now) AS inspections,
    sum(valid::DOUBLE + 65536::DOUBLE * (NOT handled)::DOUBLE + 4294967296::DOUBLE * (d > DATE '2025-12-01')::DOUBLE) FILTER (k = 6 AND now) AS complaints,
    sum(CASE WHEN rank IN ('national', 'provincial') THEN 1::DOUBLE ELSE 65536::DOUBLE END) FILTER (k = 7 AND now) AS honours,
    sum(CASE k WHEN 4 THEN 1::DOUBLE WHEN 9 THEN 65536::DOUBLE END) FILTER (now) AS broken,
    bit_or(1::UINTEGER << k::UINTEGER) FILTER (now) AS there,
    arg_max(percent, (d, id)) FILTER (k = 5 AND now AND percent IS NOT NULL) AS satisfaction,
    sum(hours) FILTER (k = 8 AND now) AS hours,
    -- The first day on which something begins or ceases to count. Windows of 12, 24 and 36 months are left after so many days.
    min(CASE WHEN NOT now THEN d
      WHEN d > DATE '2025-12-01' AND k IN (1, 6) THEN least(ends, d + 30)
      WHEN k IN (3, 11, 12) THEN ends
      WHEN k IN (5, 6, 8, 10, 16) OR k = 1 AND seriousness = 'minor' THEN least(ends, d + 365)
      WHEN k = 13 OR k = 1 AND seriousness = 'serious' THEN least(ends, d + (1095 + (d NOT BETWEEN DATE '2024-03-01' AND DATE '2025-02-28')::INTEGER))
      ELSE least(ends, d + (730 + (d <= DATE '2024-02-29')::INTEGER)) END) AS change
  FROM counting GROUP BY subject
),
-- Ordered while narrow: what follows are projections alone.
rows AS (
  SELECT s.id AS subject, established, staff, certified_staff, insured_staff, credit_files, service_orders, signed_contracts,
    price_disclosure, takes_prepayment, prepayment_supervised,
    penalties, inspections, complaints, honours, broken, there, satisfaction, hours, change
  FROM subjects s LEFT JOIN found f ON f.subject = s.id
  WHERE s.kind = 'organisation' AND contains(' ' || s.model || ' ', ' housekeeping/enterprise ')
  ORDER BY s.id
),
-- `nil` is 0 for whom the policy evaluates, else null, and makes null all that comes of it.
whole AS (
  SELECT *, coalesce(2025 - year(established), 1) AS years,
    CASE WHEN staff IS NULL THEN 1 WHEN established > DATE '2024-12-31' THEN 2 ELSE 0 END AS out,
    CASE WHEN staff IS NOT NULL AND (established > DATE '2024-12-31') IS NOT TRUE THEN 0::BIGINT END AS nil,
    least(change, established + to_years((2026 - year(established))::INTEGER))::DATE - 1 AS valid_until
  FROM rows
),
bits AS (
  SELECT subject, out, nil, valid_until, years + nil AS years,
    coalesce(penalties::BIGINT, 0) + nil AS pen, coalesce(inspections::BIGINT, 0) + nil AS ins, coalesce(complaints::BIGINT, 0) + nil AS com,
    coalesce(honours::BIGINT, 0) + nil AS hon, coalesce(broken::BIGINT, 0) + nil AS bro, coalesce(there::BIGINT, 0) + nil AS there,
    coalesce(satisfaction, 60) + nil AS satisfaction, coalesce(round(hours, 4), 0) + nil AS training_hours,
    staff + nil AS staff, coalesce(certified_staff, 0) + nil AS certified_staff, coalesce(insured_staff, 0) + nil AS insured_staff,
    coalesce(credit_files, 0) + nil AS credit_files, coalesce(service_orders, 0) + nil AS service_orders, coalesce(signed_contracts, 0) + nil AS signed_contracts,
    CASE WHEN out = 0 THEN coalesce(price_disclosure, 'none') END AS price_disclosure,
    CASE WHEN out = 0 THEN coalesce(takes_prepayment, false) END AS takes_prepayment,
    CASE WHEN out = 0 THEN coalesce(prepayment_supervised, false) END AS prepayment_supervised
  FROM whole
),
facts AS (
  SELECT *,
    (pen & 65535)::DOUBLE AS minor_penalties, (pen >> 16 & 65535)::DOUBLE AS general_penalties, (pen >> 32)::DOUBLE AS serious_penalties,
    (ins & 65535) AS inspections, (ins >> 16 & 65535) AS passed_inspections, (ins >> 32)::DOUBLE AS recent_penalties,
    (com & 65535) AS valid_complaints, (com >> 16 & 65535)::DOUBLE AS unhandled_complaints, (com >> 32)::DOUBLE AS recent_complaints,
    (hon & 65535)::DOUBLE AS high_honours, (hon >> 16)::DOUBLE AS local_honours,
    (bro & 65535)::DOUBLE AS broken_commitments, (bro >> 16)::DOUBLE AS association_sanctions,
    there & 8 <> 0 AS abnormal, there & 1024 <> 0 AS tax_arrears, there & 2048 <> 0 AS seriously_listed, there & 4096 <> 0 AS judgment_defaulter,
    there & 8192 <> 0 AS service_crime, there & 16384 <> 0 AS serious_infringement, there & 32768 <> 0 AS false_material, there & 65536 <> 0 AS wage_arrears,
    -- Rounded half up to 4 decimals in whole numbers; a zero divisor gives null, which greatest leaves aside.
    greatest((passed_inspections * 2000000 + inspections) // (2 * inspections), nil) / 1e4 AS passed_percent,
    greatest((signed_contracts * 2000000 + service_orders) // (2 * service_orders), nil) / 1e4 AS contract_percent,
    greatest((certified_staff * 2000000 + staff) // (2 * staff), nil) / 1e4 AS certified_percent,
    greatest((insured_staff * 2000000 + staff) // (2 * staff), nil) / 1e4 AS insured_percent,
    greatest((credit_files * 2000000 + staff) // (2 * staff), nil) / 1e4 AS files_percent,
    coalesce((valid_complaints * 20000000 + service_orders) // (2 * service_orders) / 1e4, valid_complaints) AS complaint_rate
  FROM bits
),
pointed AS (
  SELECT *,
    greatest(15 - minor_penalties - 5 * general_penalties - 12 * serious_penalties, nil) AS p_penalties,
    CASE WHEN inspections > 0 THEN 4 * (passed_percent >= 75)::DOUBLE + 3 * (passed_percent >= 90)::DOUBLE + 3 * (passed_percent >= 100)::DOUBLE END AS p_inspections,
    5 - 5 * abnormal::DOUBLE AS p_abnormal,
    2 * (contract_percent >= 60)::DOUBLE + 3 * (contract_percent >= 80)::DOUBLE + 3 * (contract_percent >= 95)::DOUBLE AS p_contracts,
    5 * (price_disclosure = 'online')::DOUBLE + 3 * (price_disclosure = 'onsite')::DOUBLE AS p_price_disclosure,
    6 - takes_prepayment::DOUBLE * (6 - 5 * prepayment_supervised::DOUBLE) AS p_prepayment,
    greatest(6 - 3 * broken_commitments, nil) AS p_commitments,
    3 * (certified_percent >= 50)::DOUBLE + 3 * (certified_percent >= 80)::DOUBLE AS p_certified,
    3 * (insured_percent >= 70)::DOUBLE + 3 * (insured_percent >= 95)::DOUBLE AS p_insured,
    2 * (files_percent >= 50)::DOUBLE + 3 * (files_percent >= 80)::DOUBLE + 3 * (files_percent >= 95)::DOUBLE AS p_credit_files,
    4 * (satisfaction >= 70)::DOUBLE + 3 * (satisfaction >= 85)::DOUBLE + 3 * (satisfaction >= 95)::DOUBLE AS p_satisfaction,
    greatest(8 - 2 * floor(greatest(complaint_rate - 1, nil) * 2), nil) AS p_complaint_rate,
    greatest(7 - 3 * unhandled_complaints, nil) AS p_complaint_handling,
    CASE WHEN out = 0 THEN least(2 * high_honours + local_honours, 4) END AS p_honours,
    (training_hours >= 40)::DOUBLE + (training_hours >= 80)::DOUBLE AS p_training,
    CASE WHEN out = 0 THEN greatest(-2 * association_sanctions, -6) END AS p_association_sanctions,
    -5 * tax_arrears::DOUBLE AS p_tax_arrears
  FROM facts
),
scored AS (
  SELECT *,
    -- All in halves of a point, exact in doubles.
    CASE WHEN out = 0 THEN least(greatest(
      CASE WHEN inspections > 0 THEN p_penalties + p_abnormal + p_inspections ELSE (p_penalties + p_abnormal) * 1.5::DOUBLE END
      + p_contracts + p_price_disclosure + p_prepayment + p_commitments + p_certified + p_insured + p_credit_files
      + p_satisfaction + p_complaint_rate + p_complaint_handling
      + least(greatest(p_honours + p_training + p_association_sanctions + p_tax_arrears, -10), 5), 0),
      CASE WHEN serious_infringement THEN 59.99::DOUBLE WHEN judgment_defaulter THEN 69.99::DOUBLE ELSE 100 END) END AS score
  FROM pointed
),
ranked AS (
  SELECT *,
    greatest(8 - (score >= 60)::INTEGER - (score >= 65)::INTEGER - (score >= 70)::INTEGER - (score >= 75)::INTEGER
      - (score >= 80)::INTEGER - (score >= 85)::INTEGER - (score >= 90)::INTEGER - (score >= 95)::INTEGER,
      CASE WHEN there & (2048 + 8192) > 0 THEN 8 WHEN false_material THEN 6 ELSE 0 END) AS capped,
    -- One grade down, to its best level; then one level down.
    CASE WHEN out = 0 THEN least(CASE WHEN NOT wage_arrears THEN capped WHEN capped < 2 THEN 2 WHEN capped < 5 THEN 5 ELSE 8 END
      + (general_penalties >= 3)::INTEGER, 8) END AS final
  FROM scored
)
SELECT subject, 'housekeeping' AS policy, 'enterprise' AS model, '2025.1' AS version, DATE '2025-12-31' AS as_of, valid_until,
  ['evaluated', 'rejected', 'not_evaluated'][out + 1] AS outcome,
  CASE out WHEN 0 THEN [] WHEN 1 THEN ['staff fact_missing'] ELSE ['newly-established'] END::VARCHAR[] AS reason,
  score::DECIMAL(13, 2) AS score,
  ['A', 'A-', 'B+', 'B', 'B-', 'C+', 'C', 'C-', 'D'][final + 1] AS level,
  ['优', '优', '良', '良', '良', '中', '中', '中', '差'][final + 1] AS grade,
  CASE WHEN there & 129024 > 0 OR general_penalties >= 3 THEN list_filter([CASE WHEN seriously_listed THEN 'serious-dishonesty' END, CASE WHEN service_crime THEN 'service-crime' END,
    CASE WHEN serious_infringement THEN 'serious-infringement' END, CASE WHEN false_material THEN 'false-material' END,
    CASE WHEN judgment_defaulter THEN 'judgment-defaulter' END, CASE WHEN wage_arrears THEN 'wage-arrears' END,
    CASE WHEN general_penalties >= 3 THEN 'repeated-penalties' END], lambda x: x IS NOT NULL) ELSE [] END AS vetoes,
  CASE WHEN out <> 0 THEN []
    WHEN there & 6144 > 0 THEN 
      CASE WHEN final < 2 THEN ['fewer-inspections', 'green-channel', 'fiscal-priority', 'procurement-recommendation']
         WHEN final < 5 THEN ['normal-inspections', 'promise-approval', 'improvement-guidance']
         WHEN final < 8 THEN ['improvement-guidance', 'more-inspections', 'reminder-talk', 'standard-approval']
         ELSE ['key-supervision', 'no-preferences', 'no-fiscal-support', 'no-commendation', 'repair-notice'] END
      || CASE WHEN seriously_listed THEN ['market-entry-restriction', 'procurement-restriction'] ELSE ['procurement-restriction'] END
    WHEN final < 2 THEN ['fewer-inspections', 'green-channel', 'fiscal-priority', 'procurement-recommendation']
    WHEN final < 5 THEN ['normal-inspections', 'promise-approval', 'improvement-guidance']
    WHEN final < 8 THEN ['improvement-guidance', 'more-inspections', 'reminder-talk', 'standard-approval']
    ELSE ['key-supervision', 'no-preferences', 'no-fiscal-support', 'no-commendation', 'repair-notice'] END AS measures,
  1::DOUBLE + nil AS weight,
  minor_penalties AS fact_minor_penalties, general_penalties AS fact_general_penalties,
  serious_penalties AS fact_serious_penalties, inspections::DOUBLE AS fact_inspections,
  passed_inspections::DOUBLE AS fact_passed_inspections, passed_percent AS fact_passed_percent, abnormal AS fact_abnormal,
  service_orders::DOUBLE AS fact_service_orders, signed_contracts::DOUBLE AS fact_signed_contracts,
  contract_percent AS fact_contract_percent, price_disclosure AS fact_price_disclosure,
  takes_prepayment AS fact_takes_prepayment, prepayment_supervised AS fact_prepayment_supervised,
  broken_commitments AS fact_broken_commitments, staff::DOUBLE AS fact_staff, certified_staff::DOUBLE AS fact_certified_staff,
  insured_staff::DOUBLE AS fact_insured_staff, credit_files::DOUBLE AS fact_credit_files,
  certified_percent AS fact_certified_percent, insured_percent AS fact_insured_percent, files_percent AS fact_files_percent,
  satisfaction AS fact_satisfaction, valid_complaints::DOUBLE AS fact_valid_complaints, complaint_rate AS fact_complaint_rate,
  unhandled_complaints AS fact_unhandled_complaints, high_honours AS fact_high_honours, local_honours AS fact_local_honours,
  training_hours AS fact_training_hours, association_sanctions AS fact_association_sanctions, tax_arrears AS fact_tax_arrears,
  seriously_listed AS fact_seriously_listed, judgment_defaulter AS fact_judgment_defaulter,
  service_crime AS fact_service_crime, serious_infringement AS fact_serious_infringement,
  false_material AS fact_false_material, wage_arrears AS fact_wage_arrears, recent_penalties AS fact_recent_penalties,
  recent_complaints AS fact_recent_complaints, CASE WHEN out = 0 THEN false END AS fact_excellent_last_year,
  years::DOUBLE AS fact_years_established, p_penalties AS points_penalties, p_inspections AS points_inspections,
  p_abnormal AS points_abnormal, p_contracts AS points_contracts, p_price_disclosure AS points_price_disclosure,
  p_prepayment AS points_prepayment, p_commitments AS points_commitments, p_certified AS points_certified,
  p_insured AS points_insured, p_credit_files AS points_credit_files, p_satisfaction AS points_satisfaction,
  p_complaint_rate AS points_complaint_rate, p_complaint_handling AS points_complaint_handling, p_honours AS points_honours,
  p_training AS points_training, p_association_sanctions AS points_association_sanctions, p_tax_arrears AS points_tax_arrears
FROM ranked
