CREATE TABLE trunk (
	tenant_id TEXT NOT NULL,
	id TEXT NOT NULL,
	name JSONB NOT NULL,
	mode TEXT NOT NULL,
	host TEXT NOT NULL,
	port INTEGER DEFAULT '5060' NOT NULL,
	transport TEXT DEFAULT 'udp' NOT NULL,
	srtp TEXT DEFAULT 'optional' NOT NULL,
	username TEXT DEFAULT '' NOT NULL,
	secret_enc BYTEA,
	addresses JSONB DEFAULT '[]' NOT NULL,
	caller_number TEXT DEFAULT '' NOT NULL,
	region TEXT DEFAULT 'KR' NOT NULL,
	inband_digits BOOLEAN DEFAULT 'false' NOT NULL,
	priority SMALLINT DEFAULT '1' NOT NULL,
	calls_at_most INTEGER DEFAULT '30' NOT NULL,
	enabled BOOLEAN DEFAULT 'true' NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_trunk PRIMARY KEY (tenant_id, id)
)
;
CREATE TABLE phone_number (
	tenant_id TEXT NOT NULL,
	id TEXT NOT NULL,
	number TEXT NOT NULL,
	name JSONB NOT NULL,
	journey_id TEXT NOT NULL,
	locale TEXT DEFAULT 'ko' NOT NULL,
	trunk_id TEXT,
	record TEXT DEFAULT 'announced' NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_phone_number PRIMARY KEY (tenant_id, id)
)
;
CREATE UNIQUE INDEX ux_phone_number_number ON phone_number (tenant_id, number)
;
CREATE TABLE desk_phone (
	tenant_id TEXT NOT NULL,
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	agent_id UUID,
	secret_enc BYTEA,
	enabled BOOLEAN DEFAULT 'true' NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_desk_phone PRIMARY KEY (tenant_id, id)
)
;
CREATE INDEX ix_desk_phone_agent_id ON desk_phone (tenant_id, agent_id)
;
CREATE TABLE outbound_policy (
	tenant_id TEXT NOT NULL,
	id TEXT NOT NULL,
	rules JSONB DEFAULT '{}' NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_outbound_policy PRIMARY KEY (tenant_id, id)
)
;
CREATE TABLE outbound_call (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	day TEXT NOT NULL,
	begun_at TIMESTAMP WITH TIME ZONE NOT NULL,
	purpose TEXT NOT NULL,
	contact_id UUID,
	reserved_milli BIGINT NOT NULL,
	spent_milli BIGINT,
	CONSTRAINT pk_outbound_call PRIMARY KEY (tenant_id, id)
)
;
CREATE INDEX ix_outbound_call_begun_at ON outbound_call (tenant_id, begun_at)
;
CREATE INDEX ix_outbound_call_day ON outbound_call (tenant_id, day)
;
CREATE TABLE voice_node (
	id TEXT NOT NULL,
	started_at TIMESTAMP WITH TIME ZONE NOT NULL,
	seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
	draining BOOLEAN DEFAULT 'false' NOT NULL,
	calls INTEGER DEFAULT '0' NOT NULL,
	details JSONB DEFAULT '{}' NOT NULL,
	CONSTRAINT pk_voice_node PRIMARY KEY (id)
)
;
CREATE TABLE call (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	contact_id UUID NOT NULL,
	node_id TEXT NOT NULL,
	direction TEXT NOT NULL,
	number_id TEXT,
	trunk_id TEXT,
	began_at TIMESTAMP WITH TIME ZONE NOT NULL,
	answered_at TIMESTAMP WITH TIME ZONE,
	ended_at TIMESTAMP WITH TIME ZONE,
	outcome TEXT,
	mos FLOAT,
	lost_share FLOAT,
	jitter_ms FLOAT,
	CONSTRAINT pk_call PRIMARY KEY (tenant_id, id)
)
;
CREATE INDEX ix_call_contact_id ON call (tenant_id, contact_id)
;
CREATE INDEX ix_call_open ON call (tenant_id, node_id) WHERE ended_at IS NULL
;
CREATE TABLE recording (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	contact_id UUID NOT NULL,
	customer_id UUID NOT NULL,
	what TEXT DEFAULT 'call' NOT NULL,
	path TEXT NOT NULL,
	key_enc BYTEA NOT NULL,
	started_at TIMESTAMP WITH TIME ZONE NOT NULL,
	duration_ms BIGINT,
	size_bytes BIGINT,
	transcript_enc BYTEA,
	delete_at TIMESTAMP WITH TIME ZONE NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_recording PRIMARY KEY (tenant_id, id)
)
;
CREATE INDEX ix_recording_contact_id ON recording (tenant_id, contact_id)
;
CREATE INDEX ix_recording_delete_at ON recording (tenant_id, delete_at) WHERE deleted_at IS NULL
;
CREATE TABLE prompt_recording (
	tenant_id TEXT NOT NULL,
	prompt TEXT NOT NULL,
	locale TEXT NOT NULL,
	text TEXT NOT NULL,
	audio BYTEA NOT NULL,
	duration_ms INTEGER NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_prompt_recording PRIMARY KEY (tenant_id, prompt, locale)
)
