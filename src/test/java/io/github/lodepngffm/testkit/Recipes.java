package io.github.lodepngffm.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The methods that a document shows, compiled as they stand there, behind its first block. */
public final class Recipes implements AutoCloseable {
  private final URLClassLoader loader;
  private final Class<?> type;

  private Recipes(URLClassLoader loader, Class<?> type) {
    this.loader = loader;
    this.type = type;
  }

  /** Compiles Java blocks: imports first, then methods. */
  public static Recipes compile(List<String> blocks, Path classes) throws Exception {
    String source =
        blocks.getFirst()
            + "public class Recipes {\n"
            + blocks.stream().skip(1).map(code -> "public " + code).collect(Collectors.joining())
            + "}\n";
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Recipes.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    StringWriter said = new StringWriter();
    List<String> options =
        List.of("-d", classes.toString(), "-cp", TestClassPath.mainClasses().toString());
    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(said, null, null, options, null, List.of(file))
            .call();
    assertThat(compiled).as("%s", said).isTrue();
    URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
    return new Recipes(loader, loader.loadClass("Recipes"));
  }

  /** Their names. */
  public Set<String> names() {
    return Arrays.stream(type.getDeclaredMethods())
        .map(Method::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Calls one. */
  public Object call(String recipe, Object... arguments) throws Exception {
    for (Method method : type.getMethods()) {
      if (method.getName().equals(recipe)) {
        return method.invoke(null, arguments);
      }
    }
    throw new AssertionError("there is no recipe " + recipe);
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
