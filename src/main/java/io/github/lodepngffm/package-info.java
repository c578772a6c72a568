/**
 * PNG to BMP and to pixels through a native library, between memory segments outside the Java heap.
 *
 * <p>Start at {@link io.github.lodepngffm.Png}.
 *
 * <h2>Memory rules</h2>
 *
 * Every method of this package keeps them; docs say so only where there is more to say.
 *
 * <ol>
 *   <li>Inputs are borrowed for the length of the call, and only read. No address is kept. Every
 *       static method may be called from any thread, on distinct segments. A segment must not
 *       change while a call reads it: native code that has checked a length trusts it.
 *   <li>Results live where the caller said: in an allocator's memory, an arena, or a segment.
 *       Native memory that the library itself allocates is tied to an arena: closing the arena
 *       frees it, and with {@link java.lang.foreign.Arena#ofAuto()} the garbage collector does.
 *   <li>An arena stays open while a call uses one of its segments: closing a shared arena meanwhile
 *       throws {@link java.lang.IllegalStateException} in the thread that closes, and the call goes
 *       on.
 *   <li>After a failure the content of an output segment is undefined, and nothing has leaked.
 *   <li>Heap segments, arrays and mapped files are copied to native memory, which each method says.
 *       Other native segments are read and written where they are. On the way from PNG to BMP the
 *       image data of all chunks is joined in native working memory of the library.
 *   <li>Outputs that are read-only, too short, on the heap, or mapped files are refused with an
 *       {@link java.lang.IllegalArgumentException} that says why.
 *   <li>Files are read into native memory and written from it. They are never mapped: a file that
 *       another process truncates meanwhile would end the virtual machine.
 * </ol>
 */
package io.github.lodepngffm;
