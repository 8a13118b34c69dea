// Any bytes as a request: never a crash, and every verdict is a word of the book with a jurisdiction.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "cordon/law/law.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cordon;
  static const auto book = law::LawBook::embedded();
  if (!book) std::abort();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  auto requests = law::parse_requests(text);
  if (!requests) {
    // Bytes that are no request still are facts when they are an object.
    const auto facts = law::Facts::parse(text);
    if (!facts) return 0;
    law::Request request;
    request.date = {2019, 6, 1};
    request.facts = *facts;
    request.jurisdictions = {"UN", "CA", "US"};
    requests = law::Requests{{request}, false};
  }
  for (const law::Request& request : requests->all) {
    const auto verdicts = law::check(**book, request.date, request.facts, request.jurisdictions);
    if (verdicts.size() < request.jurisdictions.size()) std::abort();
    std::string out;
    law::append_json(out, request, verdicts);
    for (const law::Verdict& verdict : verdicts)
      if (verdict.verdict.empty()) std::abort();
  }
  return 0;
}
