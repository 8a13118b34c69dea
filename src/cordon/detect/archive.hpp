// Saving and restoring the detector's state. A class lists its members once, in archive(a), and both
// directions use the list:
//
//   template <class Archive> void archive(Archive& a) { a(clock_, rows_); }
//
// Plain structs are written as they lie in memory: a checkpoint is for the program that wrote it, on the
// machine that wrote it (checkpoint.hpp refuses any other).
#pragma once
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "cordon/base/tally.hpp"
#include "cordon/model/event.hpp"
#include "cordon/model/position.hpp"

namespace cordon::detect {

// Members of what is not ours.
template <class Archive>
void archive_members(Archive& a, model::VesselStatic& row) {
  a(row.time, row.mmsi, row.imo, row.name, row.callsign, row.destination, row.ship_type, row.to_bow_m,
    row.to_stern_m, row.to_port_m, row.to_starboard_m, row.draught_dm, row.type, row.part, row.where);
}
template <class Archive>
void archive_members(Archive& a, model::Evidence& one) {
  a(one.name, one.value, one.is_number);
}
template <class Archive>
void archive_members(Archive& a, model::Event& event) {
  a(event.type, event.start, event.end, event.mmsi, event.imo, event.at, event.score, event.rule,
    event.evidence, event.reasons, event.support);
}
template <class Archive>
void archive_members(Archive& a, base::Tally& tally) {
  std::uint64_t size = tally.rows().size();
  a(size);
  if constexpr (Archive::kSaving) {
    for (auto [reason, row] : tally.rows()) {
      std::string name = reason;
      a(name, row.count, row.example);
    }
  } else {
    tally = {};
    for (; size > 0 && a.good(); --size) {
      std::string name, example;
      std::uint64_t count = 0;
      a(name, count, example);
      tally.add(name, example, count);
    }
  }
}

template <class T>
concept Bytes = std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>;

// Values that lie side by side.
template <class T>
concept Block = requires(T& container) {
  container.data();
  requires Bytes<typename T::value_type>;
};

class Saver {
 public:
  static constexpr bool kSaving = true;
  explicit Saver(std::string& out) : out_(out) {}
  template <class... T>
  void operator()(T&... values) {
    (one(values), ...);
  }

 private:
  template <class T>
  void one(T& value) {
    if constexpr (requires { value.archive(*this); }) {
      value.archive(*this);
    } else if constexpr (requires { archive_members(*this, value); }) {
      archive_members(*this, value);
    } else if constexpr (Bytes<T>) {
      out_.append(reinterpret_cast<const char*>(&value), sizeof value);
    } else if constexpr (requires { *value, value.get(), value.reset(); }) {  // unique_ptr
      bool some = value != nullptr;
      one(some);
      if (some) one(*value);
    } else if constexpr (requires { value.first, value.second; }) {
      one(const_cast<std::remove_const_t<decltype(value.first)>&>(value.first));
      one(value.second);
    } else {
      std::uint64_t size = value.size();
      one(size);
      if constexpr (Block<T>)
        out_.append(reinterpret_cast<const char*>(value.data()), size * sizeof(typename T::value_type));
      else
        for (auto& item : value) one(const_cast<std::remove_cvref_t<decltype(item)>&>(item));
    }
  }
  std::string& out_;
};

// Stops at the first value that the bytes do not hold; good() tells. What was read until then is kept.
class Loader {
 public:
  static constexpr bool kSaving = false;
  explicit Loader(std::string_view bytes) : rest_(bytes) {}
  bool good() const { return good_; }
  bool at_end() const { return rest_.empty(); }
  template <class... T>
  void operator()(T&... values) {
    (one(values), ...);
  }

 private:
  bool take(void* to, std::uint64_t size) {
    if (!good_ || size > rest_.size()) return good_ = false;
    if (size > 0) std::memcpy(to, rest_.data(), size);
    rest_.remove_prefix(size);
    return true;
  }
  template <class T>
  void one(T& value) {
    if constexpr (requires { value.archive(*this); }) {
      value.archive(*this);
    } else if constexpr (requires { archive_members(*this, value); }) {
      archive_members(*this, value);
    } else if constexpr (Bytes<T>) {
      take(static_cast<void*>(&value), sizeof value);
    } else if constexpr (requires { *value, value.get(), value.reset(); }) {
      bool some = false;
      one(some);
      value.reset();
      if (some && good_) one(*(value = std::make_unique<typename T::element_type>()));
    } else if constexpr (requires { value.first, value.second; }) {
      one(value.first);
      one(value.second);
    } else {
      std::uint64_t size = 0;
      one(size);
      value.clear();
      if constexpr (Block<T>) {
        if (!good_ || size > rest_.size() / sizeof(typename T::value_type)) {
          good_ = false;
          return;
        }
        value.resize(size);
        take(value.data(), size * sizeof(typename T::value_type));
      } else {
        for (; size > 0 && good_; --size) put(value);
      }
    }
  }
  template <class T>
  void put(T& container) {
    if constexpr (requires { typename T::mapped_type; }) {
      std::pair<typename T::key_type, typename T::mapped_type> item{};
      one(item);
      container.emplace_hint(container.end(), std::move(item.first), std::move(item.second));
    } else if constexpr (requires { typename T::key_type; }) {
      typename T::key_type item{};
      one(item);
      container.emplace_hint(container.end(), std::move(item));
    } else {
      one(container.emplace_back());
    }
  }
  std::string_view rest_;
  bool good_ = true;
};

}  // namespace cordon::detect
