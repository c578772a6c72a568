// When does memory that native code has allocated become free? From the top of the repository:
//
//   jshell --class-path target/classes -R--enable-native-access=ALL-UNNAMED examples/native-memory.jsh
//
// MemoryCalls belongs to the library's inside, and is here only for its count of live allocations.

import io.github.lodepngffm.Buffers
import io.github.lodepngffm.internal.ffm.MemoryCalls
import java.lang.foreign.Arena
import java.lang.foreign.MemorySegment

MemorySegment abc() {
  return MemorySegment.ofArray(new byte[] {'A', 'B', 'C'});
}

long before = MemoryCalls.liveAllocations()
String count() {
  return MemoryCalls.liveAllocations() - before + " more than before";
}

// 1. With the arena that owns it. try-with-resources closes the arena, whatever happens in between.
try (Arena arena = Arena.ofConfined()) {
  MemorySegment back = Buffers.rotateBoth(abc(), 13, arena);
  System.out.println("arena open:    " + count());
}
System.out.println("arena closed:  " + count())

// 2. By the garbage collector, if the arena is an automatic one.
MemorySegment back = Buffers.rotateBoth(abc(), 13, Arena.ofAuto())
System.gc()
System.out.println("in use:        " + count())

// Nobody refers to it any more, so the collector may take it. When it does is up to the collector:
// memory that has to be free at a certain moment belongs into an arena that is closed.
back = null
for (int i = 0; i < 1000 && MemoryCalls.liveAllocations() > before; i++) {
  System.gc();
  Thread.sleep(10);
}
System.out.println("collected:     " + count())

/exit
