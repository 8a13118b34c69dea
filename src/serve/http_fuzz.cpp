// Bytes from anywhere: as a connection would feed them to the parser, as paths, queries, and bodies.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "serve/query_json.hpp"
#include "serve/request_parser.hpp"
#include "serve/router.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cordon::serve;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  // In two pieces, cut where the first byte says: what is left over is given again, as the connection does.
  RequestParser parser(8 * 1024);
  std::string held(bytes.substr(0, size > 0 ? data[0] % (size + 1) : 0));
  bool second = false;
  for (int turns = 0; turns < 16; ++turns) {
    const auto progress = parser.feed(held);
    held.erase(0, progress.used);
    if (progress.step == RequestParser::Step::bad || parser.whole()) break;
    if (progress.step == RequestParser::Step::head) {
      const Head head = parser.head("127.0.0.1");
      find_route(head.method, head.target.substr(0, head.target.find('?')));
      continue;
    }
    if (second) break;
    second = true;
    held += bytes.substr(size > 0 ? data[0] % (size + 1) : 0);
  }
  (void)percent_decode(bytes, true);
  (void)parse_query(bytes);
  (void)read_queries(bytes);
  (void)read_csv_queries(bytes);
  (void)read_examples(bytes);
  (void)read_reconcile(bytes);
  (void)read_extend(bytes);
  (void)read_pair(bytes);
  (void)read_fields(bytes);
  return 0;
}
