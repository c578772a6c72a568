// Native code changes bytes in place, and hands out memory of its own. From the top of the repository:
//
//   jshell --class-path target/classes -R--enable-native-access=ALL-UNNAMED examples/rotate.jsh

import io.github.lodepngffm.Buffers
import java.lang.foreign.Arena
import java.lang.foreign.MemorySegment
import java.lang.foreign.ValueLayout
import java.nio.charset.StandardCharsets

String text(MemorySegment bytes) {
  return new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII);
}

Arena arena = Arena.ofConfined()
MemorySegment letters = arena.allocateFrom("ABC").asSlice(0, 3) // without the zero at the end

// In place: nothing is copied, neither on the way to native code nor on the way back.
Buffers.rotate(letters, 13)
System.out.println("ABC + 13 is " + text(letters))
Buffers.rotate(letters, -13)
System.out.println("NOP - 13 is " + text(letters))

// In place as before; and the result, each byte minus 13, is memory that native code has allocated.
// The arena owns it from its first moment.
MemorySegment back = Buffers.rotateBoth(letters, 13, arena)
System.out.println("ABC + 13 is " + text(letters) + ", and ABC - 13 is " + text(back))

// An array on the Java heap can be worked on as well.
byte[] array = {'A', 'B', 'C'}
Buffers.rotate(MemorySegment.ofArray(array), 13)
System.out.println("an array    " + new String(array, StandardCharsets.US_ASCII))

arena.close()

/exit
