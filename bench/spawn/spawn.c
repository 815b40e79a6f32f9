/*
 * The yardstick for running plugins: the same work as Compeer's plugin runner in as little C as it takes.
 * posix_spawn with stdout and stderr in pipes, a pidfd and epoll for the end, one thread.
 *
 *   spawn COUNT CONCURRENCY COMMAND [ARGUMENT...]
 *   spawn -r RATE COUNT COMMAND [ARGUMENT...]       starts RATE of them a second, each at its time, and waits in between
 *
 * prints: name, checks, concurrency or rate, checks/s, and CPU in microseconds per check: own, children's, total
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef P_PIDFD
#define P_PIDFD 3
#endif

struct running {
	pid_t pid;
	int pidfd, out, err;
};

static posix_spawnattr_t attributes;
static int null_device, root, epoll;
static long good;

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void prepare(void)
{
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
	null_device = open("/dev/null", O_RDONLY | O_CLOEXEC);
	root = open("/", O_PATH | O_CLOEXEC);
	epoll = epoll_create1(EPOLL_CLOEXEC);
	if (null_device < 0 || root < 0 || epoll < 0)
		fail("prepare");
}

static void start(struct running *r, char **argv)
{
	posix_spawn_file_actions_t actions;
	struct epoll_event event = { .events = EPOLLIN | EPOLLONESHOT, .data.ptr = r };
	int out[2], err[2];

	if (pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC))
		fail("pipe2");
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, null_device, 0);
	posix_spawn_file_actions_adddup2(&actions, out[1], 1);
	posix_spawn_file_actions_adddup2(&actions, err[1], 2);
	posix_spawn_file_actions_addfchdir_np(&actions, root);
	posix_spawn_file_actions_addclosefrom_np(&actions, 3);
	if ((errno = posix_spawn(&r->pid, argv[0], &actions, &attributes, argv, environ)))
		fail(argv[0]);
	posix_spawn_file_actions_destroy(&actions);
	close(out[1]);
	close(err[1]);
	r->out = out[0];
	r->err = err[0];
	r->pidfd = syscall(SYS_pidfd_open, r->pid, 0);
	if (r->pidfd < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, r->pidfd, &event))
		fail("pidfd");
}

/* What the pipe holds now, in memory of its own; the caller frees it. */
static char *take(int pipe, int *length)
{
	char *text = NULL;

	*length = 0;
	if (ioctl(pipe, FIONREAD, length) == 0 && *length > 0 && (text = malloc(*length)))
		*length = read(pipe, text, *length);
	close(pipe);
	return text;
}

static void finish(struct running *r)
{
	siginfo_t info = { 0 };
	int out_length, err_length;

	if (waitid(P_PIDFD, r->pidfd, &info, WEXITED | WNOHANG))
		fail("waitid");
	char *out = take(r->out, &out_length);
	char *err = take(r->err, &err_length);
	good += info.si_code == CLD_EXITED && info.si_status == 0 && out_length > 0;
	free(out);
	free(err);
	close(r->pidfd);
}

static double seconds(struct timeval user, struct timeval system)
{
	return user.tv_sec + system.tv_sec + (user.tv_usec + system.tv_usec) / 1e6;
}

static void run(long count, int concurrency, char **argv)
{
	struct running *all = calloc(concurrency, sizeof *all);
	struct epoll_event events[64];
	long started = 0, finished = 0;

	for (int i = 0; i < concurrency && started < count; i++, started++)
		start(&all[i], argv);
	while (finished < count) {
		int ready = epoll_wait(epoll, events, 64, -1);
		for (int i = 0; i < ready; i++) {
			finish(events[i].data.ptr);
			finished++;
			if (started < count) {
				start(events[i].data.ptr, argv);
				started++;
			}
		}
	}
	free(all);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

/* As a server that has nothing to do until the next check is due: no more than RATE of them run at a time. */
static void run_at_rate(long count, int rate, char **argv)
{
	struct running *all = calloc(rate, sizeof *all);
	struct running **unused = calloc(rate, sizeof *unused);
	struct epoll_event events[64];
	long started = 0, finished = 0, left = rate;
	double begin = now();

	for (int i = 0; i < rate; i++)
		unused[i] = &all[i];
	while (finished < count) {
		double passed = now() - begin;
		for (; started < count && left > 0 && started <= passed * rate; started++)
			start(unused[--left], argv);

		double wait = (double)started / rate - (now() - begin);
		struct timespec limit = { 0 };
		if (started == count || left == 0)
			wait = 1;
		if (wait > 0) {
			limit.tv_sec = wait;
			limit.tv_nsec = (wait - limit.tv_sec) * 1e9;
		}
		int ready = epoll_pwait2(epoll, events, 64, &limit, NULL);
		for (int i = 0; i < ready; i++) {
			finish(events[i].data.ptr);
			unused[left++] = events[i].data.ptr;
			finished++;
		}
	}
	free(unused);
	free(all);
}

int main(int argc, char **argv)
{
	struct rusage own0, own1, child0, child1;
	int paced = argc > 4 && strcmp(argv[1], "-r") == 0;
	int many = argc > 3 ? atoi(argv[2]) : 0;
	long count = argc > 3 ? atol(argv[paced ? 3 : 1]) : 0;
	char **command = argv + (paced ? 4 : 3);
	void (*run_checks)(long, int, char **) = paced ? run_at_rate : run;

	if (count < 1 || many < 1) {
		fprintf(stderr, "usage: spawn COUNT CONCURRENCY COMMAND [ARGUMENT...]\n"
				"       spawn -r RATE COUNT COMMAND [ARGUMENT...]\n");
		return 2;
	}
	prepare();
	run_checks(count / 10 + 1, many, command);
	good = 0;
	getrusage(RUSAGE_SELF, &own0);
	getrusage(RUSAGE_CHILDREN, &child0);
	double begin = now();
	run_checks(count, many, command);
	double wall = now() - begin;
	getrusage(RUSAGE_SELF, &own1);
	getrusage(RUSAGE_CHILDREN, &child1);
	double own = seconds(own1.ru_utime, own1.ru_stime) - seconds(own0.ru_utime, own0.ru_stime);
	double child = seconds(child1.ru_utime, child1.ru_stime) - seconds(child0.ru_utime, child0.ru_stime);
	if (good != count) {
		fprintf(stderr, "spawn: %ld of %ld checks did not exit with 0 and output\n", count - good, count);
		return 1;
	}
	printf("%-8s %7ld %4d %9.1f %8.1f %8.1f %8.1f\n", "C", count, many, count / wall,
	       own * 1e6 / count, child * 1e6 / count, (own + child) * 1e6 / count);
	return 0;
}
