#include "modules/staff/guessing.hpp"
#include "modules/staff/letters.hpp"
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
    add_letters(module);
    add_invitations(module);
    add_setup(module);
    add_business(module);
    add_local(module);
    module.chores = {{"tries", forget_old_tries}, {"letters", send_left_letters}};
    set_address(around.address);
    if (around.seal_key) set_seal_key(around.seal_key);
    module.opened = [around = std::move(around)](Business& business) { serve_letters(business, around); };
    return module;
}

}  // namespace patron::staff
