package teach

import (
	"context"
	"slices"
	"sync"
)

// lane lets a few pieces of work run at a time while the others wait. Every
// client has a queue of its own and the clients take turns, so whoever asks
// for much waits behind himself and holds up nobody else.
type lane struct {
	mu      sync.Mutex
	free    int
	waiting map[string][]chan struct{} // by client; closed when it is a request's turn
	turns   []string                   // clients with a queue, the next one first
	total   int
}

func newLane(atATime int) *lane {
	return &lane{free: atATime, waiting: map[string][]chan struct{}{}}
}

// enter waits until it is the client's turn. The work done, leave must be
// called.
func (l *lane) enter(ctx context.Context, client string) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l.mu.Lock()
	if l.free > 0 {
		l.free--
		l.mu.Unlock()
		return l.leave, nil
	}
	queue := l.waiting[client]
	if len(queue) >= mostWaiting || l.total >= mostQueue {
		l.mu.Unlock()
		return nil, errBusy
	}
	if len(queue) == 0 {
		l.turns = append(l.turns, client)
	}
	turn := make(chan struct{})
	l.waiting[client] = append(queue, turn)
	l.total++
	l.mu.Unlock()

	select {
	case <-turn:
		return l.leave, nil
	case <-ctx.Done():
		if !l.giveUp(client, turn) {
			l.leave() // its turn had just come
		}
		return nil, ctx.Err()
	}
}

// leave hands the place to the client whose turn it is.
func (l *lane) leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.turns) == 0 {
		l.free++
		return
	}
	next := l.turns[0]
	turn := l.waiting[next][0]
	l.turns = l.turns[1:]
	if l.shorten(next, 0) {
		l.turns = append(l.turns, next)
	}
	close(turn)
}

// giveUp takes a request out of its queue, and says whether it was there.
func (l *lane) giveUp(client string, turn chan struct{}) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	k := slices.Index(l.waiting[client], turn)
	if k < 0 {
		return false
	}
	if !l.shorten(client, k) {
		l.turns = slices.DeleteFunc(l.turns, func(c string) bool { return c == client })
	}
	return true
}

// shorten takes the k-th request out of a client's queue and says whether any
// is left.
func (l *lane) shorten(client string, k int) bool {
	l.total--
	l.waiting[client] = slices.Delete(l.waiting[client], k, k+1)
	if len(l.waiting[client]) == 0 {
		delete(l.waiting, client)
		return false
	}
	return true
}
