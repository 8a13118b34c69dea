// All listed parties, ready to be asked: exact identifiers, and postings of words, sounds and letter pairs
// that bring up the few entities worth scoring. Built on all cores; the same whatever their number.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cordon/model/entity.hpp"
#include "cordon/screen/query.hpp"

namespace cordon::screen {

struct Hit {
  std::uint32_t entity = 0;  // index into the span given to build()
  double score = 0.0;
  bool match = false;
  std::vector<std::string> reasons;
};

inline constexpr std::size_t kDefaultLimit = 5;
inline constexpr double kDefaultCutoff = 0.5;  // hits below are not returned

class Index {
 public:
  // The span must outlive the index. Entities that are not parties (addresses, ownership edges) are left out.
  static Index build(std::span<const model::Entity> entities);

  // Best first; equal scores in order of entity. Thread safe.
  std::vector<Hit> search(const Query& query, std::size_t limit = kDefaultLimit,
                          double cutoff = kDefaultCutoff) const;
  const model::Entity& entity(std::uint32_t index) const;
  std::size_t size() const;   // entities indexed
  std::size_t bytes() const;  // memory held by the index, without the entities
  double threshold() const { return screen::threshold(); }

  Index(Index&&) noexcept;
  Index& operator=(Index&&) noexcept;
  ~Index();

 private:
  struct Data;
  explicit Index(std::unique_ptr<Data> data);
  std::unique_ptr<Data> data_;
};

}  // namespace cordon::screen
