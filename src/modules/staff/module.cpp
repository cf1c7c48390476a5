#include "modules/staff/guessing.hpp"
#include "modules/staff/letters.hpp"
#include "modules/staff/openid.hpp"
#include "modules/staff/passkeys.hpp"
#include "modules/staff/second_factor.hpp"

namespace patron::staff {
namespace {

constexpr db::Migration migrations[] = {
    {1, "tries at passwords and codes, devices that are known", R"(
CREATE TABLE tries (name {text} PRIMARY KEY, count {int} NOT NULL, first_at {int} NOT NULL, locked_until {int} NOT NULL,
  last_at {int} NOT NULL) {table};
CREATE TABLE devices (token {text} PRIMARY KEY, user_id {int} NOT NULL REFERENCES users (id), last_used_at {int} NOT NULL) {table};
CREATE INDEX devices_by_user ON devices (user_id))"},
    {2, "letters to staff that are to be sent", R"(
CREATE TABLE letters (id {id}, kind {text} NOT NULL, user_id {int}, address {text} NOT NULL, held_until {int} NOT NULL) {table})"},
    {3, "codes of a phone, and recovery codes", R"(
CREATE TABLE codes (user_id {id}, seed {text} NOT NULL, last_step {int} NOT NULL, pending {text} NOT NULL, pending_at {int} NOT NULL) {table};
CREATE TABLE recovery_codes (token {text} PRIMARY KEY, user_id {int} NOT NULL REFERENCES users (id), made_at {int} NOT NULL) {table};
CREATE INDEX recovery_codes_by_user ON recovery_codes (user_id))"},
    {4, "passkeys", R"(
CREATE TABLE passkeys (id {id}, version {int} NOT NULL, name {text} NOT NULL, backed_up {int} NOT NULL, suspected {int} NOT NULL,
  last_used_at {int}, created_at {int} NOT NULL, updated_at {int} NOT NULL, user_id {int} NOT NULL REFERENCES users (id),
  credential {text} NOT NULL UNIQUE, public_key {text} NOT NULL, sign_count {int} NOT NULL) {table};
CREATE INDEX passkeys_by_user ON passkeys (user_id))"},
    {5, "signing in by an OpenID provider", R"(
CREATE TABLE openid_providers (id {id}, version {int} NOT NULL, name {text} NOT NULL, issuer {text} NOT NULL, client_id {text} NOT NULL,
  enabled {int} NOT NULL, secret_set_at {int} NOT NULL, created_at {int} NOT NULL, updated_at {int} NOT NULL) {table};
CREATE TABLE openid_secrets (provider_id {id}, secret {text} NOT NULL) {table};
CREATE TABLE openid_begun (token {text} PRIMARY KEY, provider_id {int} NOT NULL, provider_version {int} NOT NULL, user_id {int},
  expires_at {int} NOT NULL) {table};
CREATE INDEX openid_begun_by_time ON openid_begun (expires_at);
CREATE TABLE identities (id {id}, issuer {text} NOT NULL, created_at {int} NOT NULL, last_used_at {int} NOT NULL,
  subject {text} NOT NULL, user_id {int} NOT NULL REFERENCES users (id)) {table};
CREATE UNIQUE INDEX identities_by_subject ON identities (issuer, subject);
CREATE UNIQUE INDEX identities_by_user ON identities (user_id, issuer))"},
};

}  // namespace

Module module(Surroundings around) {
    Module module{.name = "staff", .migrations = migrations};
    add_users(module);
    add_roles(module);
    add_teams(module);
    add_keys(module);
    add_signing_in(module);
    add_sessions(module);
    add_resets(module);
    add_second_factor(module);
    add_second_step(module);
    add_proofs(module);
    add_passkeys(module);
    add_passkey_sign_in(module);
    add_openid_providers(module);
    add_openid_entering(module);
    add_identities(module);
    add_letters(module);
    add_invitations(module);
    add_setup(module);
    add_business(module);
    add_local(module);
    module.chores = {{"tries", forget_old_tries}, {"letters", send_left_letters}};
    set_address(around.address);
    if (around.seal_key) set_seal_key(around.seal_key);
    set_outbound(around.outbound, around.public_url);
    module.opened = [around = std::move(around)](Business& business) { serve_letters(business, around); };
    return module;
}

}  // namespace patron::staff
