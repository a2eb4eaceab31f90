CREATE TABLE staffing_setting (
	tenant_id TEXT NOT NULL,
	settings JSONB NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_staffing_setting PRIMARY KEY (tenant_id)
)
;
CREATE TABLE staffing_contract (
	tenant_id TEXT NOT NULL,
	agent_id UUID NOT NULL,
	terms JSONB NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_staffing_contract PRIMARY KEY (tenant_id, agent_id)
)
;
CREATE TABLE staffing_plan (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
	status TEXT NOT NULL,
	request JSONB NOT NULL,
	progress JSONB DEFAULT '{}' NOT NULL,
	result JSONB,
	stop_asked BOOLEAN DEFAULT 'false' NOT NULL,
	created_by UUID,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_staffing_plan PRIMARY KEY (tenant_id, id)
)
;
CREATE INDEX ix_staffing_plan_created_at ON staffing_plan (tenant_id, created_at)
;
CREATE TABLE work_shift (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	plan_id UUID,
	agent_id UUID,
	pool_id TEXT NOT NULL,
	queues TEXT[] NOT NULL,
	pattern_id TEXT NOT NULL,
	starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
	paid_min INTEGER NOT NULL,
	pauses JSONB NOT NULL,
	published_at TIMESTAMP WITH TIME ZONE,
	version INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_work_shift PRIMARY KEY (tenant_id, id)
)
;
CREATE INDEX ix_work_shift_agent ON work_shift (tenant_id, agent_id, starts_at)
;
CREATE INDEX ix_work_shift_plan ON work_shift (tenant_id, plan_id)
;
CREATE INDEX ix_work_shift_starts_at ON work_shift (tenant_id, starts_at)
;
CREATE TABLE calendar_feed (
	tenant_id TEXT NOT NULL,
	agent_id UUID NOT NULL,
	token_hash BYTEA NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_calendar_feed PRIMARY KEY (tenant_id, agent_id)
)
;
CREATE UNIQUE INDEX ux_calendar_feed_token ON calendar_feed (tenant_id, token_hash)
;
CREATE TABLE presence_change (
	tenant_id TEXT NOT NULL,
	agent_id UUID NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	presence TEXT NOT NULL,
	reason TEXT,
	CONSTRAINT pk_presence_change PRIMARY KEY (tenant_id, agent_id, at)
)
;
CREATE INDEX ix_presence_change_at ON presence_change (tenant_id, at)
