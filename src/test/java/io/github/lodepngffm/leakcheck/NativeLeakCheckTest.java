package io.github.lodepngffm.leakcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

class NativeLeakCheckTest {
  private static Arena leaked;

  /** Run by the tests below only: the build looks for names that end in Test. */
  static class Leaking {
    @Test
    void allocatesAndForgets() {
      leaked = Arena.ofShared();
      MemoryCalls.allocate(100_000, leaked);
    }
  }

  /** Leaves what becomes free by itself: idle pool memory, and memory of an automatic arena. */
  static class Tidy {
    @Test
    void leavesOnlyWhatTheCollectorAndThePoolFree() {
      MemoryPool.SHARED.lend(100_000).close();
      MemoryCalls.allocate(100_000, Arena.ofAuto());
    }
  }

  @Test
  void aTestClassThatLeaksFailsWithoutAskingForTheCheck() {
    TestExecutionSummary summary = run(Leaking.class, 300);
    leaked.close();
    assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
    assertThat(summary.getFailures()).hasSize(1);
    assertThat(summary.getFailures().getFirst().getException())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Leaking")
        .hasMessageContaining("1 native allocations (100000 bytes)");
  }

  @Test
  void aTestClassThatLeavesOnlyWhatFreesItselfPasses() {
    assertThat(run(Tidy.class, 15_000).getFailures()).isEmpty();
  }

  private static TestExecutionSummary run(Class<?> testClass, long patienceMillis) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(testClass))
            .configurationParameter(NativeLeakCheck.PATIENCE, Long.toString(patienceMillis))
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    return listener.getSummary();
  }
}
