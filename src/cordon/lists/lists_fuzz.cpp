// Every reader on whatever bytes come: no crash, no hang, valid UTF-8 out. The first byte chooses the format,
// so that each is reached without its signature being found first.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "cordon/base/text.hpp"
#include "cordon/lists/format.hpp"
#include "cordon/lists/mapped_csv.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cordon::lists;
  if (size == 0) return 0;
  const Input input = Input::memory(std::string(reinterpret_cast<const char*>(data) + 1, size - 1), "fuzz");
  const auto all = formats();
  const std::size_t choice = data[0] % (all.size() + 1);
  if (choice < all.size() && !all[choice].read) {
    (void)all[choice].sniff(*input.head());
    return 0;
  }
  const auto list = choice == all.size()
                        ? read_mapped_csv(input, "name = name\nimoNumber = imo\nbirthDate = date\n", "map")
                        : all[choice].read(input);
  if (!list) return 0;
  for (const cordon::model::Entity& entity : list->entities) {
    if (entity.id.empty() || !cordon::base::is_utf8(entity.caption)) std::abort();
    for (const cordon::model::Property& p : entity.properties) {
      if (p.value.empty() || !cordon::base::is_utf8(p.value)) std::abort();
    }
  }
  return 0;
}
