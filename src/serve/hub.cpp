#include "serve/hub.hpp"

#include <fmt/core.h>

#include <utility>

namespace cordon::serve {

std::uint64_t Hub::publish(std::string_view name, std::string_view data) {
  std::unique_lock lock(mutex_);
  frames_.push_back(fmt::format("id: {}\nevent: {}\ndata: {}\n\n", ++last_, name, data));
  if (frames_.size() > kept_) frames_.pop_front();
  const std::uint64_t number = last_;
  const auto wakes = wakes_;
  lock.unlock();
  for (const auto& wake : wakes) wake();
  return number;
}

std::uint64_t Hub::last() const {
  const std::lock_guard lock(mutex_);
  return last_;
}

std::string Hub::after(std::uint64_t& seen, std::size_t most) const {
  const std::lock_guard lock(mutex_);
  std::string out;
  // A number from before the program began anew is not ours.
  const std::uint64_t oldest = last_ - frames_.size() + 1;
  if (seen > last_ || seen + 1 < oldest) {
    out = "event: missed\ndata: {}\n\n";
    seen = oldest - 1;
  }
  while (seen < last_ && out.size() < most) out += frames_[seen++ + 1 - oldest];
  return out;
}

void Hub::on_publish(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wakes_.push_back(std::move(wake));
}

}  // namespace cordon::serve
