#include "serve/sessions.hpp"

#include <algorithm>

#include "cordon/base/sha256.hpp"
#include "serve/users.hpp"

namespace cordon::serve {

bool Sessions::over(const Kept& kept, Clock::time_point now) const {
  return now - kept.used > options_.idle || now - kept.opened > options_.longest;
}

Sessions::Opened Sessions::open(std::string_view user) {
  Opened opened{random_hex(32), random_hex(16)};
  const auto now = options_.clock();
  const std::lock_guard lock(mutex_);
  std::erase_if(kept_, [&](const auto& one) { return over(one.second, now); });
  if (kept_.size() >= options_.most)
    kept_.erase(std::min_element(kept_.begin(), kept_.end(),
                                 [](const auto& a, const auto& b) { return a.second.used < b.second.used; }));
  kept_[base::sha256_hex(opened.cookie)] = {{std::string(user), opened.csrf}, now, now};
  return opened;
}

std::optional<Sessions::Session> Sessions::find(std::string_view cookie) {
  const std::string digest = base::sha256_hex(cookie);
  const auto now = options_.clock();
  const std::lock_guard lock(mutex_);
  const auto found = kept_.find(digest);
  if (found == kept_.end()) return std::nullopt;
  if (over(found->second, now)) {
    kept_.erase(found);
    return std::nullopt;
  }
  found->second.used = now;
  return found->second.session;
}

void Sessions::close(std::string_view cookie) {
  const std::string digest = base::sha256_hex(cookie);
  const std::lock_guard lock(mutex_);
  kept_.erase(digest);
}

void Sessions::close_all_of(std::string_view user) {
  const std::lock_guard lock(mutex_);
  std::erase_if(kept_, [&](const auto& one) { return one.second.session.user == user; });
}

void Attempts::forget_old(Sessions::Clock::time_point now) {
  std::erase_if(counts_, [&](const auto& one) { return now - one.second.since > window_; });
}

bool Attempts::allowed(const std::string& who) {
  const auto now = clock_();
  const std::lock_guard lock(mutex_);
  const auto found = counts_.find(who);
  return found == counts_.end() || now - found->second.since > window_ || found->second.failures < allowed_;
}

void Attempts::failed(const std::string& who) {
  constexpr std::size_t kMost = 100'000;
  const auto now = clock_();
  const std::lock_guard lock(mutex_);
  if (counts_.size() >= kMost) forget_old(now);
  if (counts_.size() >= kMost && !counts_.contains(who)) return;
  auto& count = counts_[who];
  if (count.failures == 0 || now - count.since > window_) count = {0, now};
  ++count.failures;
}

void Attempts::succeeded(const std::string& who) {
  const std::lock_guard lock(mutex_);
  counts_.erase(who);
}

}  // namespace cordon::serve
