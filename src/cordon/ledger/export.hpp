// Signed copies of the ledger for people outside: CSV, JSON, and a page (HTML) to read or print. Each carries
// the entries, a statement (which ledger, which part, its head, program and data versions) and an Ed25519
// signature in its last line. The signature covers the statement; the statement names the SHA-256 of all
// lines before it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/ledger/keys.hpp"
#include "cordon/ledger/ledger.hpp"
#include "cordon/ledger/verify.hpp"

namespace cordon::ledger {

struct ExportOptions {
  std::string format = "json";  // json csv html
  Filter filter;                // a range or a subject
  std::string versions = "{}";  // JSON object: program, lists, data as of now
  std::string actor;            // who made it
  std::string title;            // of the page
};

// One entry as JSON: payload and versions as values, not as text.
void append_json(std::string& out, const Entry& entry);

base::Result<std::string> write_export(Ledger& ledger, const ExportOptions& options, const SigningKey& key);

struct ExportCheck {
  Verdict verdict;              // of the entries in it
  bool signature_good = false;  // statement signed by the key given
  bool body_good = false;       // every byte before the last line is what was signed
  std::string statement;        // JSON
  std::string signer;           // hexadecimal public key named in the file
  std::vector<Head> heads;      // of the entries in it
  bool whole() const { return signature_good && body_good && verdict.whole(); }
};
// Only the public key is needed. Fails where the file is no export at all.
base::Result<ExportCheck> check_export(std::string_view file, const PublicKey& key);

// Tells an export from a ledger.
bool looks_like_export(std::string_view first_bytes);

}  // namespace cordon::ledger
