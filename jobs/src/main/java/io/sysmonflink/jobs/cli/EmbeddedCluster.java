package io.sysmonflink.jobs.cli;

import java.net.URI;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.util.MathUtils;
import org.apache.flink.util.Reference;

/**
 * The cluster that a job has to itself in this process. Flink would start it when the job is
 * planned; {@link #start} does so beside the planning, which keeps one processor busy for seconds.
 */
final class EmbeddedCluster implements PipelineExecutorServiceLoader, AutoCloseable {

  /** Started, and no job has been given to it yet. */
  private StartingCluster early;

  /** The one that has got a job. */
  private MiniCluster used;

  /**
   * Begins to start it, for the next job that is executed.
   *
   * @param flink all that the cluster is configured with
   */
  void start(Configuration flink) {
    Configuration cluster = new Configuration(flink);
    if (!cluster.contains(RestOptions.BIND_PORT)) {
      cluster.set(RestOptions.BIND_PORT, "0");
    }
    int taskManagers = cluster.get(TaskManagerOptions.MINI_CLUSTER_NUM_TASK_MANAGERS);
    int slots =
        cluster
            .getOptional(TaskManagerOptions.NUM_TASK_SLOTS)
            .orElseGet(
                () ->
                    MathUtils.divideRoundUp(
                        cluster.get(CoreOptions.DEFAULT_PARALLELISM), taskManagers));
    early =
        new StartingCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(cluster)
                .setNumTaskManagers(taskManagers)
                .setNumSlotsPerTaskManager(slots)
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .build());
  }

  /** Where the cluster answers that has got a job. */
  URI restAddress() {
    return used.getRestAddress().join();
  }

  /**
   * Stops what was started, and waits until it is gone with its files. A cluster stops by itself
   * when its job ends.
   */
  @Override
  public void close() {
    stopEarly();
    if (used != null) {
      used.closeAsync().join();
      used = null;
    }
  }

  private void stopEarly() {
    if (early != null) {
      early.stop();
      early = null;
    }
  }

  @Override
  public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
    return new PipelineExecutorFactory() {
      @Override
      public String getName() {
        return LocalExecutor.NAME;
      }

      @Override
      public boolean isCompatibleWith(Configuration any) {
        return true;
      }

      @Override
      public PipelineExecutor getExecutor(Configuration job) {
        return LocalExecutor.createWithFactory(job, EmbeddedCluster.this::forJob);
      }
    };
  }

  @Override
  public Stream<String> getExecutorNames() {
    return Stream.of(LocalExecutor.NAME);
  }

  private MiniCluster forJob(MiniClusterConfiguration needed) {
    if (early != null && slots(needed) > early.slots) { // than its parallelism asks for
      stopEarly();
    }
    used = early != null ? early : new MiniCluster(needed, EmbeddedCluster::rpcSystem);
    early = null;
    return used;
  }

  private static int slots(MiniClusterConfiguration configuration) {
    return configuration.getConfiguration().get(TaskManagerOptions.NUM_TASK_SLOTS);
  }

  // Where it is on the class path: Flink's own way unpacks it first, and its classes would then be
  // in no archive of classes.
  private static Reference<RpcSystem> rpcSystem() {
    return Reference.owned(
        ServiceLoader.load(RpcSystem.class)
            .findFirst()
            .orElseGet(() -> RpcSystem.load(new Configuration())));
  }

  /** A cluster that starts in a thread of its own. */
  private static final class StartingCluster extends MiniCluster {

    private final int slots;
    private final CompletableFuture<Void> started;

    StartingCluster(MiniClusterConfiguration configuration) {
      super(configuration, EmbeddedCluster::rpcSystem);
      slots = slots(configuration);
      started =
          CompletableFuture.runAsync(
              this::startNow, task -> new Thread(task, "embedded-cluster-start").start());
    }

    private void startNow() {
      try {
        super.start();
      } catch (Exception e) {
        throw new CompletionException(e);
      }
    }

    /** Stops it; not before it has started, or it would start after that. */
    void stop() {
      started.exceptionally(failure -> null).join();
      closeAsync().join();
    }

    /** Waits until it has started. */
    @Override
    public void start() throws Exception {
      try {
        started.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
  }
}
