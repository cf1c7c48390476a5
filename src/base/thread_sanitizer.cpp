// What ThreadSanitizer cannot see: the count of holders of an exception is kept by atomics inside libstdc++.so, which
// is not instrumented, so that the last holder's release looks like a race with another thread's reading.
#ifdef __SANITIZE_THREAD__
extern "C" char const* __tsan_default_suppressions();
extern "C" char const* __tsan_default_suppressions() {
    return "race:std::__exception_ptr::exception_ptr::_M_release\n";
}
#endif
