//! Every route of every function against every kind of visitor.
//!
//! `matrix.txt` says what each gets of a thing of the school: their own, their class's, their institution's or not. A route
//! that it does not list fails the test, and so does a line without a route.

mod requests;
mod world;

use std::fmt::Write as _;

use end_to_end::features::FEATURES;
use model::Actor;
use testkit::{Answer, School, Sessions, moment};
use web::{Audience, Route};
use world::{NOW, World, storage};

const MATRIX: &str = include_str!("matrix.txt");

/// What a visitor got, as one letter.
fn class_of(answer: &Answer) -> char {
    let status = answer.status.as_u16();
    match status {
        401 => '?',
        303 if answer.location().starts_with("/identity/refresh") => '?',
        200..=299 => 'o',
        302 | 303 => '>',
        403 => 'f',
        404 => '-',
        400..=499 => 'x',
        _ => '!',
    }
}

/// The visitors in the order of the columns: nobody, then those of the small school.
fn visitors(school: &School) -> Vec<(&'static str, Option<Actor>)> {
    let mut visitors = vec![("nobody", None)];
    visitors.extend(
        school
            .actors()
            .into_iter()
            .map(|(name, actor)| (name, Some(actor))),
    );
    visitors
}

fn name_of(route: &Route) -> String {
    format!("{:<4} {}", route.method, route.path)
}

fn routes() -> impl Iterator<Item = &'static Route> {
    FEATURES.iter().flat_map(|feature| feature.routes)
}

/// The matrix as it is: a line for each route. Changes are tried in a school of their own, so that nobody meets what
/// another has changed.
async fn observed() -> String {
    let sessions = Sessions::new(moment(NOW));
    let storage = storage().await;
    let mut matrix = String::new();
    for route in routes() {
        let mut world = World::new(&sessions, &storage.uri()).await;
        let mut line = String::new();
        for (_, actor) in visitors(&world.school.clone()) {
            let answer = world.knock(&sessions, actor.as_ref(), route).await;
            let class = class_of(&answer);
            assert_ne!(class, '!', "{} failed: {}", name_of(route), answer.text);
            line.push(class);
            if route.method != "GET" && answer.status.as_u16() < 400 {
                world = World::new(&sessions, &storage.uri()).await;
            }
        }
        writeln!(matrix, "{line} {}", name_of(route)).expect("a string takes everything");
    }
    matrix
}

/// The lines of the matrix without its legend.
fn expected() -> Vec<&'static str> {
    MATRIX
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .collect()
}

#[tokio::test]
async fn every_visitor_gets_of_every_route_what_the_matrix_says() {
    let observed = observed().await;
    let expected = expected();
    let mut differences = Vec::new();
    for line in observed.lines() {
        if !expected.contains(&line) {
            let route = line.split_once(' ').map_or(line, |(_, route)| route);
            let wanted = expected
                .iter()
                .find(|wanted| wanted.ends_with(&format!(" {route}")));
            differences.push(format!("is {line}\n  not {}", wanted.unwrap_or(&"in the matrix")));
        }
    }
    for line in &expected {
        let route = line.split_once(' ').map_or(*line, |(_, route)| route);
        if !observed.lines().any(|seen| seen.ends_with(&format!(" {route}"))) {
            differences.push(format!("no such route: {line}"));
        }
    }
    assert!(
        differences.is_empty(),
        "tests/tests/access_matrix/matrix.txt does not say what is:\n  {}\nIf every change is meant, change the matrix.",
        differences.join("\n  ")
    );
}

#[test]
fn the_columns_of_the_matrix_are_the_kinds_of_visitor() {
    let legend: Vec<&str> = MATRIX
        .lines()
        .filter_map(|line| line.strip_prefix("#| "))
        .map(str::trim)
        .collect();
    let visitors: Vec<&str> = visitors(&School::new(3))
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(legend, visitors);
    for line in expected() {
        let letters = line.split(' ').next().unwrap_or_default();
        assert_eq!(letters.chars().count(), visitors.len(), "{line}");
    }
}

#[test]
fn nobody_gets_further_than_the_sign_in_where_a_session_is_needed() {
    for route in routes().filter(|route| route.audience == Audience::SignedIn) {
        let line = expected()
            .into_iter()
            .find(|line| line.ends_with(&format!(" {}", name_of(route))));
        assert!(
            line.is_some_and(|line| line.starts_with('?')),
            "{}",
            name_of(route)
        );
    }
}

#[test]
fn no_route_is_listed_twice() {
    let mut names: Vec<String> = routes().map(name_of).collect();
    names.sort();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all);
}
