"""Simulated telephone customers, and the phone team's desk phones: real SIP and RTP over loopback."""
