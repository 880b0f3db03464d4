package cluster

import (
	"errors"
	"fmt"
	"regexp"
	"time"
)

// LeastTask is the least work worth a task: Slurm takes a second or two to
// begin one.
const LeastTask = 30 * time.Second

// TaskCount is the number of tasks that share out so much work of one worker.
// Each takes about the target, and never less than LeastTask, unless one task is
// all there is.
func TaskCount(work, target time.Duration, cpus, most int) int {
	each, least := target*time.Duration(cpus), LeastTask*time.Duration(cpus)
	n := (work + each - 1) / each
	return int(max(1, min(n, work/least, time.Duration(most))))
}

// checkCPUs refuses what no machine has.
func checkCPUs(n int) error {
	if n < 1 || n > 4096 {
		return fmt.Errorf("--cpus = %d: must be within 1..4096", n)
	}
	return nil
}

// checkTime refuses a limit of time that sbatch does not take, or in which a
// task would get nothing done: it is told to end up to two minutes before.
func checkTime(text string) error {
	limit, err := duration(text)
	switch {
	case text == "":
		return nil
	case err != nil:
		return fmt.Errorf("--time = %s: %w", text, err)
	case limit < 5*time.Minute:
		return fmt.Errorf("--time = %s: must be at least 5 minutes, so that a task gets something done before it must end", text)
	}
	return nil
}

var times = regexp.MustCompile(`^(?:(\d{1,5})-)?(\d{1,7})(?::(\d{1,6}))?(?::(\d{1,6}))?$`)

// duration reads a time as sbatch does, where the first number is of minutes
// unless days come before it or two numbers after.
func duration(text string) (d time.Duration, err error) {
	m := times.FindStringSubmatch(text)
	if m == nil {
		return 0, errors.New("must be minutes, minutes:seconds, hours:minutes:seconds, days-hours, days-hours:minutes or days-hours:minutes:seconds")
	}
	units := []time.Duration{time.Hour, time.Minute, time.Second}
	if m[1] == "" && m[4] == "" {
		units = units[1:]
	}
	for i, unit := range append([]time.Duration{24 * time.Hour}, units...) {
		var n int64
		_, _ = fmt.Sscan(m[i+1], &n) // digits or nothing
		d += time.Duration(n) * unit
	}
	return d, nil
}
