-- Tables of others as the ledger is handed out in them: their heads, in their order. What a head is called says which
-- column of ours stands under it, as where such a table is read.
CREATE TABLE "export_maps" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "name_zh" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "headings" TEXT[] NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "export_maps_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "export_maps_code_key" ON "export_maps"("code");
ALTER TABLE export_maps
  ADD CONSTRAINT named CHECK (name_zh <> '' AND name_en <> ''),
  ADD CONSTRAINT headed CHECK (cardinality(headings) BETWEEN 1 AND 60
    AND array_position(headings, '') IS NULL AND array_position(headings, NULL) IS NULL);
INSERT INTO export_maps (code, name_zh, name_en, headings) VALUES
  ('warm-winter-ledger', '送温暖慰问台账', 'Warm winter ledger', '{序号,活动批次,项目,慰问日期,起始日期,截止日期,发放单位,救助类别,对象类别,户数,人数,慰问形式,金额（元）,金额性质,慰问品名称,数量,单价（元）,次数,资金来源,带队领导,经办人,凭证号,备注}'),
  ('cool-summer-table', '夏送清凉统计表', 'Cool summer table', '{填报单位,项目,活动批次,活动日期,起始日期,截止日期,走访单位,慰问人次,对象类别,清凉包,物资名称,投入资金（万元）,金额性质,形式,救助类别,场次,资金来源,备注}'),
  ('golden-autumn-table', '金秋助学汇总表', 'Golden autumn table', '{序号,工会,项目,活动批次,救助类别,对象类别,层次,新增/续助,户数,人数,救助金额（元）,金额性质,救助日期,起始日期,截止日期,发放方式,资金来源,凭证号,备注}'),
  ('national-list', '帮扶资金实名制签领汇总表', 'List for the national system', '{序号,帮扶项目,救助类型,资金来源,发放单位,人员类别,帮扶时间,起始日期,截止日期,救助户数,救助人数,救助人次,发放金额（元）,金额性质,发放方式,职工编号,凭证号,备注}');
