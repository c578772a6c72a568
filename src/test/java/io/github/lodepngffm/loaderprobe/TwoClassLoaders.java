package io.github.lodepngffm.loaderprobe;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Loads the library's classes twice, as two web applications in one server would. */
public final class TwoClassLoaders {
  private TwoClassLoaders() {}

  public static void main(String[] arguments) throws Exception {
    URL[] classes = {Path.of(arguments[0]).toUri().toURL()};
    ClassLoader parent = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader first = new URLClassLoader(classes, parent);
        URLClassLoader second = new URLClassLoader(classes, parent)) {
      rotate(first);
      rotate(second);
      boolean different = buffers(first) != buffers(second);
      System.out.println("different classes " + different);
    }
  }

  private static Class<?> buffers(ClassLoader loader) throws ClassNotFoundException {
    return loader.loadClass("io.github.lodepngffm.Buffers");
  }

  private static void rotate(ClassLoader loader) throws ReflectiveOperationException {
    byte[] text = {'A', 'B', 'C'};
    Method rotate = buffers(loader).getMethod("rotate", MemorySegment.class, int.class);
    rotate.invoke(null, MemorySegment.ofArray(text), 13);
    Object available =
        loader
            .loadClass("io.github.lodepngffm.NativeSupport")
            .getMethod("isAvailable")
            .invoke(null);
    System.out.println(new String(text, StandardCharsets.US_ASCII) + " " + available);
  }
}
