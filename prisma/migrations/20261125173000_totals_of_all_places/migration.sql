-- Whoever reads everything asks for no place: the sums of one year, month and source, wherever they are. The rows
-- lie in this order (guard.rebuild_figures), so they are read together.
CREATE INDEX "figure_totals_fiscal_year_month_fund_source_id_idx" ON "figure_totals"("fiscal_year", "month", "fund_source_id");
