/*
 * watched.h: in builds with AddressSanitizer, tells it which bytes inside a larger block may not be
 * touched at the moment; so an overflow from one block of scratch memory into the next is found,
 * which to the sanitizer is all one. In other builds these are nothing.
 */
#ifndef LPF_WATCHED_H
#define LPF_WATCHED_H

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LPF_WATCHED 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define LPF_WATCHED 1
#endif

#ifdef LPF_WATCHED
#include <sanitizer/asan_interface.h>
#define lpf_forbid(memory, size) __asan_poison_memory_region((memory), (size))
#define lpf_permit(memory, size) __asan_unpoison_memory_region((memory), (size))
#else
#define lpf_forbid(memory, size) ((void)(memory), (void)(size))
#define lpf_permit(memory, size) ((void)(memory), (void)(size))
#endif

#endif
