// Typed data: native code adds to an array of doubles in place. From the top of the repository:
//
//   jshell --class-path target/classes -R--enable-native-access=ALL-UNNAMED examples/increment.jsh

import io.github.lodepngffm.Buffers
import java.lang.foreign.Arena
import java.lang.foreign.MemorySegment
import java.lang.foreign.ValueLayout
import java.util.Arrays

String show(MemorySegment doubles) {
  return Arrays.toString(doubles.toArray(ValueLayout.JAVA_DOUBLE));
}

Arena arena = Arena.ofConfined()

// A segment is only bytes; a layout says how to read them: here as 64-bit floating point numbers.
MemorySegment numbers = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, 1.2, 2.3, 3.4)
System.out.println(numbers.byteSize() + " bytes hold " + show(numbers))

Buffers.increment(numbers, 100)
System.out.println("plus 100 is " + show(numbers))
System.out.println("the second  " + numbers.getAtIndex(ValueLayout.JAVA_DOUBLE, 1))

arena.close()

/exit
