/** The way of the calling thread: input and memory are lent, native code runs, and it returns. */
package io.github.lodepngffm.internal.blocking;
