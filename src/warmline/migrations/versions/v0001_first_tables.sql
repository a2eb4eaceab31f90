CREATE TABLE agent (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	email TEXT NOT NULL,
	name TEXT NOT NULL,
	password_hash TEXT,
	roles TEXT[] NOT NULL,
	locale TEXT DEFAULT 'en' NOT NULL,
	routing_profile_id TEXT,
	preferences JSONB DEFAULT '{}' NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	disabled_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_agent PRIMARY KEY (tenant_id, id)
)
;
CREATE UNIQUE INDEX ux_agent_email ON agent (tenant_id, lower(email))
;
CREATE TABLE agent_presence (
	tenant_id TEXT NOT NULL,
	agent_id UUID NOT NULL,
	presence TEXT NOT NULL,
	reason TEXT,
	next_presence TEXT,
	next_reason TEXT,
	since_at TIMESTAMP WITH TIME ZONE NOT NULL,
	idle_since_at TIMESTAMP WITH TIME ZONE NOT NULL,
	misses SMALLINT DEFAULT '0' NOT NULL,
	seen_at TIMESTAMP WITH TIME ZONE,
	version BIGINT DEFAULT '0' NOT NULL,
	CONSTRAINT pk_agent_presence PRIMARY KEY (tenant_id, agent_id)
)
;
CREATE TABLE agent_skill (
	tenant_id TEXT NOT NULL,
	agent_id UUID NOT NULL,
	skill_id TEXT NOT NULL,
	level SMALLINT NOT NULL,
	CONSTRAINT pk_agent_skill PRIMARY KEY (tenant_id, agent_id, skill_id)
)
;
CREATE TABLE announcement (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	slot TEXT NOT NULL,
	texts JSONB NOT NULL,
	starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
	enabled BOOLEAN DEFAULT 'true' NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_announcement PRIMARY KEY (tenant_id, id)
)
;
CREATE TABLE audit (
	tenant_id TEXT NOT NULL,
	seq BIGINT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	actor_id UUID,
	actor TEXT NOT NULL,
	action TEXT NOT NULL,
	subject TEXT NOT NULL,
	detail JSONB DEFAULT '{}' NOT NULL,
	ip TEXT,
	previous_hash BYTEA NOT NULL,
	hash BYTEA NOT NULL,
	CONSTRAINT pk_audit PRIMARY KEY (tenant_id, seq)
)
;
CREATE TABLE calendar (
	tenant_id TEXT NOT NULL,
	id TEXT NOT NULL,
	name JSONB NOT NULL,
	time_zone TEXT NOT NULL,
	country TEXT NOT NULL,
	weekly JSONB NOT NULL,
	exceptions JSONB DEFAULT '[]' NOT NULL,
	emergency BOOLEAN DEFAULT 'false' NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_calendar PRIMARY KEY (tenant_id, id)
)
;
CREATE TABLE callback_request (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	contact_id UUID NOT NULL,
	customer_id UUID NOT NULL,
	queue_id TEXT NOT NULL,
	phone_enc BYTEA NOT NULL,
	queued_at TIMESTAMP WITH TIME ZONE NOT NULL,
	due_at TIMESTAMP WITH TIME ZONE NOT NULL,
	status TEXT NOT NULL,
	detail JSONB,
	CONSTRAINT pk_callback_request PRIMARY KEY (tenant_id, id)
)
;
CREATE UNIQUE INDEX ux_callback_contact ON callback_request (tenant_id, contact_id)
;
CREATE TABLE contact (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	version BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	status TEXT NOT NULL,
	channel TEXT NOT NULL,
	locale TEXT NOT NULL,
	customer_id UUID NOT NULL,
	conversation_id UUID NOT NULL,
	intent TEXT,
	assurance SMALLINT DEFAULT '0' NOT NULL,
	queue_id TEXT,
	priority SMALLINT,
	queued_at TIMESTAMP WITH TIME ZONE,
	routing JSONB,
	offer_id UUID,
	agent_id UUID,
	wrapping BOOLEAN DEFAULT 'false' NOT NULL,
	journey_id TEXT,
	journey_version INTEGER,
	opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	first_queued_at TIMESTAMP WITH TIME ZONE,
	connected_at TIMESTAMP WITH TIME ZONE,
	ended_at TIMESTAMP WITH TIME ZONE,
	wrapped_at TIMESTAMP WITH TIME ZONE,
	disconnect_reason TEXT,
	disposition TEXT,
	transfers SMALLINT DEFAULT '0' NOT NULL,
	csat SMALLINT,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	state BYTEA NOT NULL,
	CONSTRAINT pk_contact PRIMARY KEY (tenant_id, id)
)
 WITH (fillfactor = 70)
;
CREATE INDEX ix_contact_agent ON contact (tenant_id, agent_id) WHERE agent_id IS NOT NULL
;
CREATE INDEX ix_contact_conversation ON contact (tenant_id, conversation_id, opened_at)
;
CREATE INDEX ix_contact_customer ON contact (tenant_id, customer_id, opened_at)
;
CREATE INDEX ix_contact_open ON contact (tenant_id, status) WHERE status <> 'ended'
;
CREATE INDEX ix_contact_opened ON contact (tenant_id, opened_at)
;
CREATE TABLE contact_search (
	tenant_id TEXT NOT NULL,
	contact_id UUID NOT NULL,
	customer_id UUID NOT NULL,
	grams BIGINT[] NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_contact_search PRIMARY KEY (tenant_id, contact_id)
)
;
CREATE INDEX ix_contact_search_grams ON contact_search USING gin (grams)
;
CREATE TABLE conversation (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	customer_id UUID NOT NULL,
	channel TEXT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_conversation PRIMARY KEY (tenant_id, id)
)
;
CREATE INDEX ix_conversation_customer ON conversation (tenant_id, customer_id)
;
CREATE TABLE customer (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	known SMALLINT DEFAULT '0' NOT NULL,
	ref_index BYTEA,
	profile_enc BYTEA,
	locale TEXT,
	name_grams BIGINT[] DEFAULT '{}' NOT NULL,
	merged_into UUID,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	erased_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_customer PRIMARY KEY (tenant_id, id)
)
;
CREATE INDEX ix_customer_grams ON customer USING gin (name_grams)
;
CREATE UNIQUE INDEX ux_customer_ref ON customer (tenant_id, ref_index)
;
CREATE TABLE customer_address (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	customer_id UUID NOT NULL,
	address_kind TEXT NOT NULL,
	address_index BYTEA NOT NULL,
	address_enc BYTEA NOT NULL,
	verified_at TIMESTAMP WITH TIME ZONE,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_customer_address PRIMARY KEY (tenant_id, id)
)
;
CREATE INDEX ix_customer_address_customer ON customer_address (tenant_id, customer_id)
;
CREATE UNIQUE INDEX ux_customer_address ON customer_address (tenant_id, address_kind, address_index)
;
CREATE TABLE customer_note (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	customer_id UUID NOT NULL,
	agent_id UUID NOT NULL,
	text_enc BYTEA NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_customer_note PRIMARY KEY (tenant_id, id)
)
;
CREATE TABLE data_key (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	customer_id UUID NOT NULL,
	kek_version INTEGER NOT NULL,
	wrapped BYTEA,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	destroyed_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_data_key PRIMARY KEY (tenant_id, id)
)
;
CREATE INDEX ix_data_key_customer ON data_key (tenant_id, customer_id)
;
CREATE TABLE event (
	tenant_id TEXT NOT NULL,
	contact_id UUID NOT NULL,
	seq BIGINT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	kind TEXT NOT NULL,
	body JSONB NOT NULL,
	dedupe_key TEXT,
	CONSTRAINT pk_event PRIMARY KEY (tenant_id, contact_id, seq)
)
;
CREATE INDEX ix_event_kind_at ON event (tenant_id, kind, at) WHERE kind <> 'message_sent' AND kind <> 'journey_moved'
;
CREATE UNIQUE INDEX ux_event_dedupe ON event (tenant_id, contact_id, dedupe_key) WHERE dedupe_key IS NOT NULL
;
CREATE TABLE journey (
	tenant_id TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	document JSONB NOT NULL,
	published_by UUID,
	published_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_journey PRIMARY KEY (tenant_id, id, version)
)
;
CREATE TABLE ledger_alarm (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	contact_id UUID NOT NULL,
	found_at TIMESTAMP WITH TIME ZONE NOT NULL,
	was TEXT NOT NULL,
	repaired_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_ledger_alarm PRIMARY KEY (tenant_id, id)
)
;
CREATE TABLE macro (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	shortcut TEXT NOT NULL,
	title JSONB NOT NULL,
	texts JSONB NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_macro PRIMARY KEY (tenant_id, id)
)
;
CREATE UNIQUE INDEX ux_macro_shortcut ON macro (tenant_id, shortcut)
;
CREATE TABLE offer (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	contact_id UUID NOT NULL,
	agent_id UUID NOT NULL,
	epoch BIGINT NOT NULL,
	offered_at TIMESTAMP WITH TIME ZONE NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	outcome TEXT,
	CONSTRAINT pk_offer PRIMARY KEY (tenant_id, id)
)
;
CREATE INDEX ix_offer_agent ON offer (tenant_id, agent_id, offered_at)
;
CREATE UNIQUE INDEX ux_offer_live ON offer (tenant_id, contact_id) WHERE ended_at IS NULL
;
CREATE TABLE outbox (
	tenant_id TEXT NOT NULL,
	id BIGINT GENERATED ALWAYS AS IDENTITY,
	lane TEXT NOT NULL,
	key UUID NOT NULL,
	body BYTEA,
	due_at TIMESTAMP WITH TIME ZONE NOT NULL,
	lease_until TIMESTAMP WITH TIME ZONE,
	attempts INTEGER DEFAULT '0' NOT NULL,
	CONSTRAINT pk_outbox PRIMARY KEY (tenant_id, id)
)
;
CREATE INDEX ix_outbox_lane_due ON outbox (tenant_id, lane, due_at)
;
CREATE TABLE prompt (
	tenant_id TEXT NOT NULL,
	key TEXT NOT NULL,
	locale TEXT NOT NULL,
	channel TEXT NOT NULL,
	text TEXT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_prompt PRIMARY KEY (tenant_id, key, locale, channel)
)
;
CREATE TABLE queue (
	tenant_id TEXT NOT NULL,
	id TEXT NOT NULL,
	name JSONB NOT NULL,
	priority SMALLINT DEFAULT '5' NOT NULL,
	target_s INTEGER DEFAULT '60' NOT NULL,
	target_share SMALLINT DEFAULT '80' NOT NULL,
	offer_s INTEGER DEFAULT '20' NOT NULL,
	wrap_up_s INTEGER DEFAULT '60' NOT NULL,
	max_waiting INTEGER DEFAULT '500' NOT NULL,
	calendar_id TEXT,
	survey_journey_id TEXT,
	dispositions JSONB DEFAULT '[]' NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_queue PRIMARY KEY (tenant_id, id)
)
;
CREATE TABLE routing_lease (
	tenant_id TEXT NOT NULL,
	domain TEXT NOT NULL,
	epoch BIGINT NOT NULL,
	holder TEXT NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_routing_lease PRIMARY KEY (tenant_id, domain)
)
;
CREATE TABLE routing_profile (
	tenant_id TEXT NOT NULL,
	id TEXT NOT NULL,
	name JSONB NOT NULL,
	capacity JSONB NOT NULL,
	queues JSONB NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_routing_profile PRIMARY KEY (tenant_id, id)
)
;
CREATE TABLE skill (
	tenant_id TEXT NOT NULL,
	id TEXT NOT NULL,
	name JSONB NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_skill PRIMARY KEY (tenant_id, id)
)
;
CREATE TABLE tenant (
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	default_locale TEXT DEFAULT 'en' NOT NULL,
	time_zone TEXT DEFAULT 'UTC' NOT NULL,
	kek_version INTEGER DEFAULT '1' NOT NULL,
	demo BOOLEAN DEFAULT 'false' NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_tenant PRIMARY KEY (id)
)
;
CREATE TABLE timer (
	tenant_id TEXT NOT NULL,
	key UUID NOT NULL,
	timer TEXT NOT NULL,
	due_at TIMESTAMP WITH TIME ZONE NOT NULL,
	lease_until TIMESTAMP WITH TIME ZONE,
	attempts INTEGER DEFAULT '0' NOT NULL,
	CONSTRAINT pk_timer PRIMARY KEY (tenant_id, key, timer)
)
;
CREATE INDEX ix_timer_due ON timer (tenant_id, due_at)
;
CREATE TABLE upload (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	customer_id UUID,
	agent_id UUID,
	name_enc BYTEA NOT NULL,
	media_type TEXT NOT NULL,
	size_bytes BIGINT NOT NULL,
	content_enc BYTEA NOT NULL,
	uploaded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_upload PRIMARY KEY (tenant_id, id)
)
;
CREATE TABLE upload_share (
	tenant_id TEXT NOT NULL,
	upload_id UUID NOT NULL,
	conversation_id UUID NOT NULL,
	shared_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_upload_share PRIMARY KEY (tenant_id, upload_id, conversation_id)
)
;
CREATE TABLE verification (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	contact_id UUID NOT NULL,
	method TEXT NOT NULL,
	subject_index BYTEA NOT NULL,
	address_index BYTEA,
	code_hash BYTEA,
	tries_left SMALLINT NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	used_at TIMESTAMP WITH TIME ZONE,
	used_by TEXT,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_verification PRIMARY KEY (tenant_id, id)
)
;
CREATE INDEX ix_verification_contact ON verification (tenant_id, contact_id)
;
CREATE INDEX ix_verification_subject ON verification (tenant_id, subject_index, created_at)
;
CREATE TABLE web_session (
	tenant_id TEXT NOT NULL,
	token_hash BYTEA NOT NULL,
	agent_id UUID NOT NULL,
	csrf_hash BYTEA NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ip TEXT,
	user_agent TEXT,
	CONSTRAINT pk_web_session PRIMARY KEY (tenant_id, token_hash)
)
;
CREATE INDEX ix_web_session_agent ON web_session (tenant_id, agent_id)
;
CREATE TABLE widget (
	tenant_id TEXT NOT NULL,
	key TEXT NOT NULL,
	name JSONB NOT NULL,
	greeting JSONB NOT NULL,
	colour TEXT DEFAULT '#8a3b12' NOT NULL,
	origins TEXT[] NOT NULL,
	journey_id TEXT NOT NULL,
	upload_max_bytes INTEGER DEFAULT '10485760' NOT NULL,
	enabled BOOLEAN DEFAULT 'true' NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_widget PRIMARY KEY (tenant_id, key)
)
