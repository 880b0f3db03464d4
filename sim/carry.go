package sim

import "math"

// Parameters and results as bytes, for helpers that share no memory with who asks them:
// every number keeps all its bits. The bytes last no longer than the program: another
// version may write them otherwise.

// broken is what bytes are that AppendTo has not written.
type broken struct{}

func (broken) Error() string {
	return "these bytes are no parameters or results of this version of the model"
}

// carrier puts values to bytes, or takes them from there, by one list for both ways.
type carrier struct {
	b      []byte
	taking bool
	short  bool // there were not enough bytes
}

// next are the next n bytes that are taken.
func (c *carrier) next(n int) []byte {
	if n < 0 || n > len(c.b) {
		c.short, c.b = true, nil
		return make([]byte, 8)
	}
	part := c.b[:n]
	c.b = c.b[n:]
	return part
}

func (c *carrier) bits(x *uint64) {
	if c.taking {
		b := c.next(8)
		*x = uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 | uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
		return
	}
	v := *x
	c.b = append(c.b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24), byte(v>>32), byte(v>>40), byte(v>>48), byte(v>>56))
}

func (c *carrier) number(x *float64) {
	bits := math.Float64bits(*x)
	if c.bits(&bits); c.taking { // what is put may be read by others meanwhile
		*x = math.Float64frombits(bits)
	}
}

func (c *carrier) numbers(xs []float64) {
	for k := range xs {
		c.number(&xs[k])
	}
}

func (c *carrier) whole(n *int) {
	bits := uint64(int64(*n))
	if c.bits(&bits); c.taking {
		*n = int(int64(bits))
	}
}

func (c *carrier) flag(f *bool) {
	n := 0
	if *f {
		n = 1
	}
	if c.whole(&n); c.taking {
		*f = n != 0
	}
}

func (c *carrier) text(s *string) {
	n := len(*s)
	c.whole(&n)
	if c.taking {
		if *s = string(c.next(n)); c.short {
			*s = ""
		}
		return
	}
	c.b = append(c.b, *s...)
}

// list carries how long a list is, and makes one so long that is taken. An item has at
// least one byte.
func list[T any](c *carrier, xs *[]T) {
	n := len(*xs)
	c.whole(&n)
	if !c.taking {
		return
	}
	if n < 0 || n > len(c.b) {
		c.short, c.b, n = true, nil, 0
	}
	if *xs = (*xs)[:0]; cap(*xs) < n {
		*xs = make([]T, n)
	}
	*xs = (*xs)[:n]
}

// AppendTo appends the parameters to b.
func (p *Params) AppendTo(b []byte) []byte {
	c := carrier{b: b}
	p.carry(&c)
	return c.b
}

// Take reads what AppendTo has written, and returns what comes after it.
func (p *Params) Take(b []byte) (rest []byte, err error) {
	*p = Params{}
	c := carrier{b: b, taking: true}
	p.carry(&c)
	return c.end()
}

func (c *carrier) end() (rest []byte, err error) {
	if c.short {
		return nil, broken{}
	}
	return c.b, nil
}

func (p *Params) carry(c *carrier) {
	for i := range Table {
		c.number(Table[i].at(p))
	}
	c.numbers(p.Mix[:])
	list(c, &p.ListedSMEs)
	for k := range p.ListedSMEs {
		p.ListedSMEs[k].carry(c)
	}
	list(c, &p.MarketSpecs)
	for k := range p.MarketSpecs {
		m := &p.MarketSpecs[k]
		c.text(&m.Name)
		for _, x := range []*float64{&m.Distance, &m.Customers, &m.Fit, &m.Assistant} {
			c.number(x)
		}
	}
	c.whole(&p.Solo)
	c.whole(&p.Hub)
	c.number(&p.off.jointHours)
	c.flag(&p.off.bundles)
	c.flag(&p.off.size)
}

func (s *SMESpec) carry(c *carrier) {
	c.text(&s.Name)
	for _, x := range []*float64{&s.Technology, &s.Niche[0], &s.Niche[1], &s.Experience, &s.Hours, &s.Rhythm, &s.Component} {
		c.number(x)
	}
	list(c, &s.Ties)
	for k := range s.Ties {
		c.whole(&s.Ties[k])
	}
}

// AppendTo appends the result to b.
func (r *Result) AppendTo(b []byte) []byte {
	c := carrier{b: b}
	r.carry(&c)
	return c.b
}

// Take reads what AppendTo has written, and returns what comes after it.
func (r *Result) Take(b []byte) (rest []byte, err error) {
	c := carrier{b: b, taking: true}
	r.carry(&c)
	return c.end()
}

func (r *Result) carry(c *carrier) {
	c.numbers(r.Values[:])
	for k := range r.ByYear {
		t := &r.ByYear[k]
		for _, x := range []*float64{&t.Value, &t.Expected, &t.Public, &t.Private, &t.JointActs} {
			c.number(x)
		}
	}
	c.whole(&r.Members)
	list(c, &r.SMEs)
	for k := range r.SMEs {
		r.SMEs[k].carry(c)
	}
}

func (l *SMELedger) carry(c *carrier) {
	for _, n := range []*int{&l.Order, &l.Deals, &l.Orders, &l.Looks, &l.Quarters, &l.lastSale, &l.Weeks, &l.Joined, &l.Left, &l.Customers} {
		c.whole(n)
	}
	c.numbers(l.Hours[:])
	for _, x := range []*float64{&l.Received, &l.Activity, &l.DealValue, &l.OrderValue, &l.Fairness, &l.Gained, &l.Fees, &l.Satisfaction} {
		c.number(x)
	}
	why := int(l.Why)
	c.whole(&why)
	l.Why = Reason(why)
}

// AppendTo appends what the columns recorded to b. A series that is taken cannot be
// recorded on.
func (s *Series) AppendTo(b []byte) []byte {
	c := carrier{b: b}
	s.carry(&c)
	return c.b
}

// Take reads what AppendTo has written, and returns what comes after it.
func (s *Series) Take(b []byte) (rest []byte, err error) {
	c := carrier{b: b, taking: true}
	s.carry(&c)
	return c.end()
}

func (s *Series) carry(c *carrier) {
	c.whole(&s.Weeks)
	for k := range s.Columns {
		list(c, &s.Columns[k])
		c.numbers(s.Columns[k])
	}
}
