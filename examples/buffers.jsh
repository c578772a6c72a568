// Five ways to make memory that native code can work on. Run it from the top of the repository:
//
//   jshell --class-path target/classes -R--enable-native-access=ALL-UNNAMED examples/buffers.jsh
//
// (the jar does as well as target/classes)

import io.github.lodepngffm.Buffers
import java.lang.foreign.Arena
import java.lang.foreign.MemorySegment
import java.lang.foreign.ValueLayout
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.charset.StandardCharsets
import java.nio.file.Files
import java.nio.file.Path
import java.util.Arrays

String show(MemorySegment bytes) {
  return Arrays.toString(bytes.toArray(ValueLayout.JAVA_BYTE));
}

// An arena owns memory outside the Java heap, and frees all of it when it is closed.
Arena arena = Arena.ofConfined()

// 1. By size: filled with zeros.
MemorySegment bySize = arena.allocate(5)
System.out.println("by size        " + show(bySize))

// 2. By size and content: every byte the same.
MemorySegment filled = arena.allocate(5).fill((byte) 42)
System.out.println("filled         " + show(filled))

// 3. From bytes.
MemorySegment fromBytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, (byte) 1, (byte) 2, (byte) 3)
System.out.println("from bytes     " + show(fromBytes))

// 4. From a string, as UTF-8 with a zero at its end, which is what C calls a string.
MemorySegment fromString = arena.allocateFrom("ABC")
System.out.println("from a string  " + show(fromString) + " is \"" + fromString.getString(0) + "\"")

// 5. From a file: a channel reads straight into the memory, which may take it several reads.
Path file = Files.writeString(Files.createTempFile("buffers", ".txt"), "DEF")
FileChannel channel = FileChannel.open(file)
MemorySegment fromFile = arena.allocate(channel.size())
ByteBuffer unread = fromFile.asByteBuffer()
while (unread.hasRemaining() && channel.read(unread) > 0) {}
channel.close()
Files.delete(file)
System.out.println("from a file    " + show(fromFile))

// To native code they are all the same: it adds 1 to each byte, where the byte is.
Buffers.rotate(fromFile, 1)
String rotated = new String(fromFile.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII)
System.out.println("each byte + 1  " + show(fromFile) + " is \"" + rotated + "\"")

// After this the memory is gone, and Java knows: using it throws an exception.
arena.close()
System.out.println("still there?   " + fromFile.scope().isAlive())

/exit
