//go:build !worker

package teach

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// classes are the classes open now. They live in memory and are forgotten when
// nobody has used them for a while.
type classes struct {
	mu     sync.Mutex
	now    func() time.Time
	byCode map[string]*class
}

// class is what a teacher asks and the students predict. Nothing in it says
// who they are.
type class struct {
	code, key, owner string // owner: the client that opened it
	what, question   json.RawMessage
	points           int
	max              float64 // of a prediction
	open, revealed   bool
	result           json.RawMessage
	predictions      map[string]prediction // by who
	watchers         int
	used             time.Time
	changed          chan struct{} // closed when the wall looks different, and made anew
}

type prediction struct {
	values []float64
	client string
}

func newClasses(now func() time.Time) *classes {
	return &classes{now: now, byCode: map[string]*class{}}
}

// codeWords are easy to read out and to type, in a room where Finnish, Swedish
// or English is spoken.
var codeWords = strings.Fields("KIVI MUSTA SATU TALO LUMI MERI KUU PURO SAARI VENE HIIRI KOTI VALO TUULI JOKI METSA LINTU OMENA KARHU KETTU")

// luckNumber is a number below n that nobody can foresee. It decides nothing
// that is simulated.
func luckNumber(n int) int {
	k, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		panic(err) // a system without randomness cannot be served from
	}
	return int(k.Int64())
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
	close(c.changed)
	c.changed = make(chan struct{})
}

// find returns a class, which must be used with the lock held.
func (cs *classes) find(code string) (*class, error) {
	cs.forget()
	c := cs.byCode[strings.ToUpper(code)]
	if c == nil {
		return nil, refuse(http.StatusNotFound, "there is no class %.20s; look at the code again, or ask whether the class is over", strings.ToUpper(code))
	}
	c.used = cs.now()
	return c, nil
}

// taught finds a class and checks the teacher's key.
func (cs *classes) taught(code, key string) (*class, error) {
	c, err := cs.find(code)
	if err == nil && subtle.ConstantTimeCompare([]byte(key), []byte(c.key)) != 1 {
		err = refuse(http.StatusForbidden, "only who opened class %s can do this", c.code)
	}
	return c, err
}

type classRequest struct {
	What     json.RawMessage `json:"what"`
	Question json.RawMessage `json:"question"`
	Points   int             `json:"points"`
	Max      float64         `json:"max"`
}

func (s *Server) newClass(w http.ResponseWriter, r *http.Request) error {
	var q classRequest
	if err := readBody(w, r, &q); err != nil {
		return err
	}
	var asked what
	if err := json.Unmarshal(q.What, &asked); err != nil {
		return refuse(http.StatusBadRequest, "what in the request must name a scenario: %v", err)
	}
	if _, err := asked.read(); err != nil {
		return err
	}
	if q.Points < 1 || q.Points > mostPoints {
		return wrong("points", fmt.Sprint(q.Points), fmt.Sprintf("must be within 1..%d", mostPoints), "")
	}
	if !(q.Max > 0 && q.Max <= largestPrediction) {
		return wrong("max", fmt.Sprint(q.Max), fmt.Sprintf("must be above 0 and at most %g", largestPrediction), "")
	}
	if len(q.Question) > mostOpaque {
		return wrong("question", "", fmt.Sprintf("must be at most %d KiB", mostOpaque>>10), "")
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
	if !cs.makeRoom(owner, here) {
		return nil, refuse(http.StatusTooManyRequests, "too many classes are open on this server; close one first")
	}
	c := &class{owner: owner, key: rand.Text(), what: q.What, question: q.Question, points: q.Points, max: q.Max, open: true,
		predictions: map[string]prediction{}, used: cs.now(), changed: make(chan struct{})}
	for c.code == "" || cs.byCode[c.code] != nil {
		c.code = fmt.Sprintf("%s-%d", codeWords[luckNumber(len(codeWords))], 10+luckNumber(90))
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

func (s *Server) class(w http.ResponseWriter, r *http.Request) error {
	s.classes.mu.Lock()
	c, err := s.classes.find(r.PathValue("code"))
	if err != nil {
		s.classes.mu.Unlock()
		return err
	}
	answer := map[string]any{"code": c.code, "what": c.what, "question": c.question, "points": c.points, "max": c.max, "open": c.open,
		"count": len(c.predictions), "revealed": c.revealed, "result": c.result}
	s.classes.mu.Unlock()
	return small(w, answer)
}

type predictionRequest struct {
	Values []float64 `json:"values"`
	Who    string    `json:"who"`
}

func (s *Server) predict(w http.ResponseWriter, r *http.Request) error {
	var q predictionRequest
	if err := readBody(w, r, &q); err != nil {
		return err
	}
	s.classes.mu.Lock()
	count, err := s.classes.predict(r.PathValue("code"), client(r), q)
	s.classes.mu.Unlock()
	if err != nil {
		return err
	}
	return small(w, map[string]int{"count": count})
}

func (cs *classes) predict(code, client string, q predictionRequest) (count int, err error) {
	c, err := cs.find(code)
	if err != nil {
		return 0, err
	}
	if !c.open {
		return 0, refuse(http.StatusConflict, "class %s takes no more predictions", c.code)
	}
	if q.Who == "" || len(q.Who) > mostWho {
		return 0, wrong("who", "", fmt.Sprintf("must be a word of 1 to %d bytes", mostWho), "")
	}
	if len(q.Values) != c.points {
		return 0, wrong("values", fmt.Sprint(len(q.Values)), fmt.Sprintf("must be %d numbers", c.points), "")
	}
	for _, v := range q.Values {
		if v < 0 || v > c.max {
			return 0, wrong("values", fmt.Sprint(v), fmt.Sprintf("must be within 0..%g", c.max), "")
		}
	}
	if _, again := c.predictions[q.Who]; !again {
		same := 0
		for _, p := range c.predictions {
			if p.client == client {
				same++
			}
		}
		if len(c.predictions) >= mostPredictions || same >= mostPredictionsOf {
			return 0, refuse(http.StatusTooManyRequests, "class %s is full", c.code)
		}
	}
	c.predictions[q.Who] = prediction{q.Values, client}
	c.change()
	return len(c.predictions), nil
}

type revealRequest struct {
	Key    string          `json:"key"`
	Result json.RawMessage `json:"result,omitempty"`
}

// teacher reads a request with the teacher's key and does something to the
// class.
func (s *Server) teacher(w http.ResponseWriter, r *http.Request, do func(*class, json.RawMessage)) error {
	var q revealRequest
	if err := readBody(w, r, &q); err != nil {
		return err
	}
	if len(q.Result) > mostOpaque {
		return wrong("result", "", fmt.Sprintf("must be at most %d KiB", mostOpaque>>10), "")
	}
	s.classes.mu.Lock()
	c, err := s.classes.taught(r.PathValue("code"), q.Key)
	if err == nil {
		do(c, q.Result)
		c.change()
	}
	s.classes.mu.Unlock()
	if err != nil {
		return err
	}
	return small(w, struct{}{})
}

func (s *Server) reveal(w http.ResponseWriter, r *http.Request) error {
	return s.teacher(w, r, func(c *class, result json.RawMessage) { c.open, c.revealed, c.result = false, true, result })
}

func (s *Server) closeClass(w http.ResponseWriter, r *http.Request) error {
	return s.teacher(w, r, func(c *class, _ json.RawMessage) { c.open = false })
}
