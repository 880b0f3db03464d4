//go:build !worker

package teach

import "time"

// quota lets each client do something a number of times at once, and once more
// whenever some time has passed.
type quota struct {
	atOnce int
	every  time.Duration
	spent  map[string]spending // by client
}

// spending is what a client has used of its quota.
type spending struct {
	whole time.Time // when nothing of it is used any more
	last  string    // what it was used for last
}

func newQuota(atOnce int, every time.Duration) *quota {
	return &quota{atOnce, every, map[string]spending{}}
}

// wait is how long a client must wait until something is left; 0 when something
// is.
func (q *quota) wait(client string, now time.Time) time.Duration {
	used := max(0, q.spent[client].whole.Sub(now))
	return max(0, used-time.Duration(q.atOnce-1)*q.every)
}

// take uses one of a client's quota for something, and says whether one was
// left. The same thing again, with nothing else between, is free.
func (q *quota) take(client, something string, now time.Time) bool {
	s, known := q.spent[client]
	if known && s.last == something && now.Before(s.whole) {
		return true
	}
	if q.wait(client, now) > 0 {
		return false
	}
	if len(q.spent) >= mostRemembered {
		q.forget(now)
	}
	if s.whole.Before(now) {
		s.whole = now
	}
	q.spent[client] = spending{s.whole.Add(q.every), something}
	return true
}

// forget drops the clients whose quota is whole.
func (q *quota) forget(now time.Time) {
	for client, s := range q.spent {
		if s.whole.Before(now) {
			delete(q.spent, client)
		}
	}
}
