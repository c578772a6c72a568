package io.github.lodepngffm.faults;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Set;

/** The machine's file system, whose operations fail when {@link Faults} says so. */
final class FaultyFileSystem extends FileSystem {
  private final FileSystem real;
  private final FaultyProvider provider;

  FaultyFileSystem(FileSystem real, Faults faults) {
    this.real = real;
    this.provider = new FaultyProvider(faults);
  }

  /** The same file, reached through this file system. */
  Path faulty(Path path) {
    InvocationHandler handler = new FaultyPath(path, this);
    return (Path)
        Proxy.newProxyInstance(
            FaultyFileSystem.class.getClassLoader(), new Class<?>[] {Path.class}, handler);
  }

  /** The path of the machine's file system behind one of this one. */
  static Path real(Path path) {
    return Proxy.isProxyClass(path.getClass())
            && Proxy.getInvocationHandler(path) instanceof FaultyPath faulty
        ? faulty.real
        : path;
  }

  /** A path whose methods are those of the real one, from and to paths of this file system. */
  private record FaultyPath(Path real, FaultyFileSystem fileSystem) implements InvocationHandler {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      if (method.getName().equals("getFileSystem")) {
        return fileSystem;
      }
      Object[] unwrapped =
          arguments == null
              ? null
              : Arrays.stream(arguments)
                  .map(argument ->
                      argument instanceof Path path ? FaultyFileSystem.real(path) : argument)
                  .toArray();
      try {
        Object result = method.invoke(real, unwrapped);
        return result instanceof Path path ? fileSystem.faulty(path) : result;
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public void close() throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isOpen() {
    return real.isOpen();
  }

  @Override
  public boolean isReadOnly() {
    return real.isReadOnly();
  }

  @Override
  public String getSeparator() {
    return real.getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return real.getRootDirectories();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return real.getFileStores();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return real.supportedFileAttributeViews();
  }

  @Override
  public Path getPath(String first, String... more) {
    return faulty(real.getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    return real.getPathMatcher(syntaxAndPattern);
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return real.getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() throws IOException {
    return real.newWatchService();
  }
}
