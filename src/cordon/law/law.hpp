// Measures + facts -> verdicts with citations, per jurisdiction and date. The law is data (data/law/): this
// code interprets the conditions written there and knows no paragraph, country or commodity.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/base/time.hpp"
#include "cordon/law/facts.hpp"
#include "cordon/model/law.hpp"

namespace cordon::law {

// A way out of a measure, or the procedure that leads to one.
struct Exemption {
  std::string id;  // "EX-2397-25"
  std::string jurisdiction;
  model::Citation citation;
  std::string summary, who_decides, form;
  base::Date start, end;           // end: last day, empty = open
  std::vector<std::string> lifts;  // ids of measures; "*" = any of its jurisdiction
};

struct Jurisdiction {
  std::string code;  // "UN", "CA", ISO 3166 alpha-2 or "EU"
  std::string name;
  std::string note;
};

// Where a fact of the law was read; keys are those in a measure's `sources`.
struct LawSource {
  std::string key, what, location, grade;  // grade A official text, B quotation or official summary, C press
};

struct Compiled;  // the fast form, src/cordon/law/compile.hpp

class LawBook {
 public:
  // The book inside the program, loaded once. Fails only when data/law is broken (or CORDON_DATA names a
  // broken folder).
  static base::Result<const LawBook*> embedded();
  // A folder laid out as data/law. An error names file, id and what is wrong: a measure without source, date
  // or verification state, an unknown fact or verdict word, a reference to a measure that does not exist.
  static base::Result<LawBook> load(std::string_view dir);

  std::span<const model::Measure> measures() const;  // every jurisdiction, in file order
  std::span<const Exemption> exemptions() const;
  std::span<const Jurisdiction> jurisdictions() const;
  std::span<const LawSource> sources() const;
  const model::Measure* measure(std::string_view id) const;  // nullptr where unknown
  const Exemption* exemption(std::string_view id) const;
  // Keys of `sources` for a measure or exemption id.
  std::vector<std::string> sources_of(std::string_view id) const;
  // The condition of a measure or exemption as written in the data, JSON; "" where it states none.
  std::string condition_of(std::string_view id) const;
  // Day the data was compiled: "2026-11-23".
  std::string_view version() const;
  // Names in facts that facts.json does not declare.
  std::vector<std::string> unknown_names(const Facts& facts) const;

  const Compiled& compiled() const { return *compiled_; }
  LawBook(LawBook&&) noexcept;
  LawBook& operator=(LawBook&&) noexcept;
  ~LawBook();

 private:
  friend struct Loader;
  LawBook();
  std::unique_ptr<Compiled> compiled_;
};

struct Basis {
  std::string id;  // "STS-2375-11", "EX-2397-25", "CA-287-8(1)"
  bool is_exemption = false;
  model::Citation citation;
};

struct Verdict {
  std::string jurisdiction;
  std::string verdict;  // one of data/law/verdicts.json
  std::vector<Basis> basis;
  std::string because;                   // plain sentences, one a measure
  std::vector<std::string> missing;      // what must be known to decide, one question each
  std::vector<std::string> may_or_must;  // what a State or person may or must do, one a measure, deduplicated
};

// One measure that reaches (or may reach) the facts.
struct Applied {
  const model::Measure* measure = nullptr;
  std::string verdict;
  std::vector<const Exemption*> exemptions;  // that hold on the facts
  std::string because;
  std::vector<std::string> missing;  // not empty = whether or how it applies is not known
};

// At least one verdict for each jurisdiction, in the order asked; the first of a jurisdiction is the answer
// to the whole question, a second one is a separate question the law keeps apart (see docs/law.md). Without a
// complete date the verdict is needs_more_information. A jurisdiction the book does not hold:
// needs_more_information, saying so.
std::vector<Verdict> check(const LawBook& book, const base::Date& date, const Facts& facts,
                           std::span<const std::string> jurisdictions);

// Every measure of one jurisdiction that reaches the facts on that day, in file order.
std::vector<Applied> apply(const LawBook& book, const base::Date& date, const Facts& facts,
                           std::string_view jurisdiction);

// [{"jurisdiction","verdict","basis":[{"measure_id"|"exemption_id","citation","paragraph_verified",
// "content_verified"}],"because","missing":[..],"may_or_must":[..]}]; every verdict carries "id" where the
// request has one.
void append_json(std::string& out, const Request& request, std::span<const Verdict> verdicts);
// The same for verdicts that answer no request; id may be empty.
void append_verdicts(std::string& out, std::string_view id, std::span<const Verdict> verdicts);

}  // namespace cordon::law
