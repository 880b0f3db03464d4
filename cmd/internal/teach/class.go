//go:build !worker

package teach

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// classes are the classes open now. They live in memory and are forgotten when
// nobody has used them for a while.
type classes struct {
	mu       sync.Mutex
	now      func() time.Time
	byCode   map[string]*class
	watching map[string]int // walls of each client
	misses   *quota         // wrong codes
	names    *quota         // new predictions
}

// class is what a teacher asks and the students predict. Nothing in it says
// who they are.
type class struct {
	code, key, owner string // owner: the client that opened it
	what, question   json.RawMessage
	points           int
	max              float64 // of a prediction
	open, revealed   bool
	early            bool // who has not predicted may see what others have
	result           json.RawMessage
	predictions      map[string]*prediction // by who
	devices          map[string]*device     // by client
	dropped          map[string]bool        // who was taken out
	serial           int                    // predictions there ever were
	guests           map[string]bool        // clients that know the code
	watchers, taught int                    // walls of others, and of the teacher
	used             time.Time
	quantiles        []wallQuantiles // of the predictions; nil: not worked out yet
	changed          chan struct{}   // closed when the wall looks different, and made anew
}

func newClasses(now func() time.Time) *classes {
	return &classes{now: now, byCode: map[string]*class{}, watching: map[string]int{}, misses: newQuota(missesAtOnce, missEvery), names: newQuota(namesAtOnce, nameEvery)}
}

// forget drops the classes that nobody has used for a while.
func (cs *classes) forget() {
	for _, c := range cs.byCode {
		if cs.now().Sub(c.used) > classIdle {
			cs.drop(c)
		}
	}
}

// change tells the walls.
func (c *class) change() {
	c.quantiles = nil
	close(c.changed)
	c.changed = make(chan struct{})
}

// classRequest is the body of /api/class. Code and Key are those of a class that
// is lost because the server was started anew.
type classRequest struct {
	What     json.RawMessage `json:"what"`
	Question json.RawMessage `json:"question"`
	Points   int             `json:"points"`
	Max      float64         `json:"max"`
	Code     string          `json:"code"`
	Key      string          `json:"key"`
}

// check says what is wrong with a request.
func (q *classRequest) check() error {
	var asked what
	if err := json.Unmarshal(q.What, &asked); err != nil {
		return refuse(http.StatusBadRequest, "what in the request must name a scenario: %v", err)
	}
	if _, err := asked.read(); err != nil {
		return err
	}
	switch {
	case q.Points < 1 || q.Points > mostPoints:
		return wrong("points", fmt.Sprint(q.Points), fmt.Sprintf("must be within 1..%d", mostPoints), "")
	case !(q.Max > 0 && q.Max <= largestPrediction):
		return wrong("max", fmt.Sprint(q.Max), fmt.Sprintf("must be above 0 and at most %g", largestPrediction), "")
	case len(q.Question) > mostOpaque:
		return wrong("question", "", fmt.Sprintf("must be at most %d KiB", mostOpaque>>10), "")
	case q.Code != "" && !codeForm.MatchString(q.Code):
		return wrong("code", clip(q.Code), "must be a code that this server gave, as KIVI-123", "leave it out for a new one")
	case (q.Code != "") != (q.Key != "") || q.Key != "" && !keyForm.MatchString(q.Key):
		return wrong("key", "", "must be the key that came with the code", "leave both out for a new class")
	}
	return nil
}

func (s *Server) newClass(w http.ResponseWriter, r *http.Request) error {
	var q classRequest
	if err := readBody(w, r, &q); err != nil {
		return err
	}
	if err := q.check(); err != nil {
		return err
	}
	c, err := s.classes.begin(client(r), here(r), q)
	if err != nil {
		return err
	}
	return small(w, map[string]string{"code": c.code, "key": c.key, "url": s.address(r) + "c/" + c.code})
}

// address is where students find the server: where the teacher has found it,
// unless that is a name only this machine answers to.
func (s *Server) address(r *http.Request) string {
	name := hostName(r.Host)
	if ip := net.ParseIP(name); s.config.LAN && (name == "localhost" || ip != nil && ip.IsLoopback()) {
		return s.config.URLs[0]
	}
	return "http://" + r.Host + "/"
}

// begin opens a class. Whoever is here, at the server's own machine, always
// can: strangers cannot lock the teacher out.
func (cs *classes) begin(owner string, here bool, q classRequest) (*class, error) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	cs.forget()
	if old := cs.byCode[q.Code]; old != nil && old.isKey(q.Key) {
		return old, nil // another page of the teacher's was faster
	} else if old != nil && here {
		cs.drop(old) // somebody has taken the code meanwhile
	}
	if !cs.makeRoom(owner, here) {
		return nil, refuse(http.StatusTooManyRequests, "too many classes are open on this server; close one first")
	}
	c := &class{code: q.Code, key: q.Key, owner: owner, what: q.What, question: q.Question, points: q.Points, max: q.Max, open: true,
		predictions: map[string]*prediction{}, devices: map[string]*device{}, dropped: map[string]bool{}, guests: map[string]bool{owner: true},
		used: cs.now(), changed: make(chan struct{})}
	if c.code == "" || cs.byCode[c.code] != nil {
		c.code, c.key = cs.free(), rand.Text()
	}
	cs.byCode[c.code] = c
	return c, nil
}

// makeRoom says whether there is room for a class more, dropping one of the
// owner's for it if need be: a closed one, or whoever is here any, and the one
// longest unused first.
func (cs *classes) makeRoom(owner string, here bool) bool {
	var own []*class
	for _, c := range cs.byCode {
		if c.owner == owner {
			own = append(own, c)
		}
	}
	if len(own) < mostClassesEach && (here || len(cs.byCode) < mostClasses) {
		return true
	}
	var out *class
	for _, c := range own {
		older := out == nil || c.open == out.open && c.used.Before(out.used) || !c.open && out.open
		if (here || !c.open) && older {
			out = c
		}
	}
	if out == nil {
		return false
	}
	cs.drop(out)
	return true
}

// drop ends a class, and its walls.
func (cs *classes) drop(c *class) {
	delete(cs.byCode, c.code)
	c.change()
}

// toldClass is a class as who knows its code sees it.
type toldClass struct {
	Code     string          `json:"code"`
	What     json.RawMessage `json:"what"`
	Question json.RawMessage `json:"question"`
	Points   int             `json:"points"`
	Max      float64         `json:"max"`
	Wall
}

func (s *Server) class(w http.ResponseWriter, r *http.Request) error {
	who := readerOf(r)
	s.classes.mu.Lock()
	c, err := s.classes.enter(r.PathValue("code"), who.client, who.key)
	if err != nil {
		s.classes.mu.Unlock()
		return err
	}
	answer := toldClass{c.code, c.what, c.question, c.points, c.max, c.wall(who)}
	s.classes.mu.Unlock()
	return small(w, answer)
}

// teacherRequest is what a teacher does to a class.
type teacherRequest struct {
	Key        string          `json:"key"`
	Result     json.RawMessage `json:"result,omitempty"`     // reveal: what is shown
	Early      bool            `json:"early,omitempty"`      // early: may who has not predicted see the others
	Prediction int             `json:"prediction,omitempty"` // drop: its id,
	Device     int             `json:"device,omitempty"`     // or all of a device
}

// teacher reads a request with the teacher's key, does something to the class
// and replies with what do returns.
func (s *Server) teacher(do func(*class, *teacherRequest) (any, error)) http.Handler {
	return handle(func(w http.ResponseWriter, r *http.Request) error {
		var q teacherRequest
		if err := readBody(w, r, &q); err != nil {
			return err
		}
		if len(q.Result) > mostOpaque {
			return wrong("result", "", fmt.Sprintf("must be at most %d KiB", mostOpaque>>10), "")
		}
		s.classes.mu.Lock()
		c, err := s.classes.taught(r.PathValue("code"), client(r), q.Key)
		var answer any
		if err == nil {
			answer, err = do(c, &q)
		}
		s.classes.mu.Unlock()
		if err != nil {
			return err
		}
		return small(w, answer)
	})
}

func (c *class) reveal(q *teacherRequest) (any, error) {
	c.open, c.revealed, c.result = false, true, q.Result
	c.change()
	return struct{}{}, nil
}

func (c *class) close(*teacherRequest) (any, error) {
	c.open = false
	c.change()
	return struct{}{}, nil
}

func (c *class) letWatch(q *teacherRequest) (any, error) {
	c.early = q.Early
	c.change()
	return struct{}{}, nil
}
