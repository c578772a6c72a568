/*
 * For functions whose constant parameters stand for what would be template parameters in C++: each
 * call must become code of its own, whatever the compiler thinks of its size.
 */
#ifndef LPF_ALWAYS_INLINE_H
#define LPF_ALWAYS_INLINE_H

#define LPF_ALWAYS_INLINE inline __attribute__((always_inline))

#endif
