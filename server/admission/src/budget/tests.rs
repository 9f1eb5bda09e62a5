use super::*;

fn budget(limit: u64, each: Each) -> Arc<Budget> {
    Budget::new(Resource::Connections, limit, each)
}

fn at(text: &str) -> Option<Address> {
    Some(Address::of(text.parse().expect("an address")))
}

fn whose(taken: Result<Permit, Exhausted>) -> Option<Whose> {
    taken.err().map(|exhausted| exhausted.whose)
}

#[test]
fn what_is_held_is_bounded_and_comes_back() {
    let budget = budget(100, Each::All);
    let (mut one, mut other) = (budget.permit(None), budget.permit(None));
    assert!(one.grow(60).is_ok() && other.grow(41).is_err() && other.grow(40).is_ok());
    assert_eq!((budget.used(), budget.left()), (100, 0));
    one.set(10);
    assert_eq!(budget.used(), 50);
    other.set(200);
    assert_eq!(budget.used(), 210, "what has to be is counted, too");
    assert!(one.grow(1).is_err());
    drop(other);
    assert_eq!(budget.used(), 10);
    drop(one);
    assert_eq!(budget.used(), 0);
    budget.count(-1);
    assert_eq!(budget.used(), 0, "never less than nothing");
}

#[test]
fn one_address_has_so_many_and_gives_them_back() {
    let budget = budget(10, Each::UpTo(2));
    let held = Vec::from_iter((0..2).map(|_| budget.take(at("192.0.2.1"), 1).expect("a place")));
    assert_eq!(whose(budget.take(at("192.0.2.1"), 1)), Some(Whose::Address));
    let other = budget.take(at("192.0.2.2"), 1).expect("a neighbour has a place");
    drop(held);
    assert!(budget.take(at("192.0.2.1"), 1).is_ok());
    drop(other);
    assert_eq!(budget.used(), 0);
    assert!(budget.held.lock().is_empty(), "nobody is remembered");
}

#[test]
fn there_are_so_many_altogether_whoever_has_them() {
    let budget = budget(3, Each::UpTo(3));
    let _held = [None, at("192.0.2.1"), at("192.0.2.2")].map(|who| budget.take(who, 1).expect("a place"));
    assert_eq!(whose(budget.take(None, 1)), Some(Whose::Server));
    assert_eq!(whose(budget.take(at("192.0.2.3"), 1)), Some(Whose::Server));
    drop(budget.take_over(at("192.0.2.3"), 1));
    assert_eq!(budget.used(), 3);
}

#[test]
fn a_net_of_customers_has_a_few_times_as_many_as_one() {
    let budget = budget(100, Each::UpTo(2));
    let from = |customer: u64| budget.take(at(&format!("2001:db8:1:{customer:x}::1")), 1);
    let held = Vec::from_iter((0..NET_TIMES * 2).map(|customer| from(customer).expect("a place")));
    assert_eq!(whose(from(99)), Some(Whose::Address));
    assert!(budget.take(at("2001:db8:2::1"), 1).is_ok(), "another net");
    drop(held);
    assert!(from(99).is_ok());
}

#[test]
fn nobody_holds_more_than_is_left_for_others() {
    let budget = budget(12, Each::AsIsLeft);
    let (one, two, three) = (at("192.0.2.1"), at("192.0.2.2"), at("192.0.2.3"));
    let mut first = budget.take(one, 6).expect("half of it");
    assert!(first.grow(1).is_err());
    assert_eq!(whose(budget.take(one, 1)), Some(Whose::Address));
    let second = budget.take(two, 3).expect("half of the rest");
    assert_eq!(whose(budget.take(two, 1)), Some(Whose::Address), "more than is left");
    assert!(
        budget.take(three, 1).is_ok(),
        "there is something for whoever comes next"
    );
    assert_eq!(budget.used(), 9);
    drop((first, second));
    assert_eq!(budget.used(), 0);
    assert!(budget.take(two, 6).is_ok(), "what was held is given back");
    assert!(budget.held.lock().is_empty());
}
